/* Included in front of every file by the build: functions that have no safe use become errors. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof localtime gmtime
#pragma GCC poison asctime

#ifndef CTIME_IS_A_FIELD /* of a library's struct: the build says so for the file that knows it */
#pragma GCC poison ctime
#endif

#endif
