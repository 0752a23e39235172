/* Prints the man page and the shell completions from the tables of commands and options; the
 * build runs it, users do not.
 *
 *     manual man|bash|zsh|fish VERSION > file */
#include "app/completions.h"
#include "app/man.h"

#include <stdio.h>

static bool write_product(Str name, Str version, Buf *out) {
    if (str_eq(name, STR("man")))
        man_write(out, version);
    else if (str_eq(name, STR("bash")))
        completions_bash(out, &builtin_rules);
    else if (str_eq(name, STR("zsh")))
        completions_zsh(out, &builtin_rules);
    else if (str_eq(name, STR("fish")))
        completions_fish(out, &builtin_rules);
    return out->len > 0;
}

int main(int argc, char **argv) {
    Buf out = {0};
    if (argc != 3 || !write_product(str_from(argv[1]), str_from(argv[2]), &out)) {
        fputs("usage: manual man|bash|zsh|fish VERSION\n", stderr);
        return 2;
    }
    bool ok = fwrite(out.data, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    if (!ok) perror("manual: cannot write");
    buf_release(&out);
    return ok ? 0 : 2;
}
