#!/usr/bin/env bash
# Formats the C++ code in place (clang-format). With --check it only says what it would change, and fails.
set -euo pipefail
cd "$(dirname "$0")"
mode=-i
[ "${1:-}" = --check ] && mode='--dry-run --Werror'
# shellcheck disable=SC2086 -- the mode is words
find addon core engine launcher test -name '*.cpp' -o -name '*.h' | xargs clang-format $mode
