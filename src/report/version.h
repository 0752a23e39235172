/* Who made a report. The build defines the version and where the project lives. */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#ifndef UNSTALE_VERSION
#define UNSTALE_VERSION "0.0.0-dev"
#endif

#ifndef UNSTALE_URL
#define UNSTALE_URL NULL /* left out of reports */
#endif

#endif
