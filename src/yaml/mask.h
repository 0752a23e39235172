/* Templates in YAML (Helm, Go, Jinja, Ansible, GitHub) covered by harmless bytes of the same
 * length.
 *
 * `image: {{ .Values.image }}:1.2` is no YAML, or worse: it is YAML that means something else. A
 * mask keeps every byte where it is, so that spans in the masked text are spans in the original:
 *
 *     image: xxxxxxxxxxxxxxxxxxx:1.2
 *
 *     Str masked;
 *     MaskRegions regions;
 *     if (mask_templates(&arena, text, &masked, &regions)) parse(masked);
 *     vec_release(&regions);
 *
 * What stands where:
 *   - output (`{{ .x }}`, `{{ include "y" . }}`) becomes x's: part of a key or of a scalar;
 *   - control (`{{ if }}`, `{{ end }}`, `{{ $v := 1 }}`, comments, `{% %}`, `{# #}`) becomes
 *     spaces. Text behind a control action at the start of its line keeps its byte column: it reads
 *     as indented more deeply than it will be. A document for which that is wrong does not parse,
 *     which is told; moving bytes would make every span wrong in silence;
 *   - a line with nothing but actions and blanks becomes spaces, whatever the actions are: what it
 *     will hold (often whole mappings: `{{ toYaml . | nindent 4 }}`) cannot be guessed, and an x
 *     would be a broken line. Its region says that the container around it is not fully known;
 *   - such a line at the start of a block scalar becomes x's, so that there is a first line;
 *   - line breaks stay, and so does the indentation of an action's later lines; tabs become spaces.
 *
 * An action that is never closed is left as it is. */
#ifndef YAML_MASK_H
#define YAML_MASK_H

#include "base/vec.h"
#include "text/span.h"

/* Sorted, not overlapping. Bytes outside are as they were. A region holds an action, or everything
 * from the first to the last control action of a line with other text: in `a: {{ if .x }}b{{ end
 * }}` the `b` is no more certain than what surrounds it. */
typedef VEC(Span) MaskRegions;

/* False when the text holds no template: nothing is allocated, *masked is the text itself and
 * *regions is empty. Else the masked text is in the arena; the regions are for vec_release. */
bool mask_templates(Arena *a, Str text, Str *masked, MaskRegions *regions);

/* … and what a shell fills in (yaml/template.h). */
bool mask_shell(Arena *a, Str text, Str *masked, MaskRegions *regions);

#endif
