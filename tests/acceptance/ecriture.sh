#!/usr/bin/env bash
# A set of pieces is written whole or not at all: each system call that writes it fails in turn, or the process is killed there.
# Needs strace, whose faults are those of a full disk, of a broken one, of a power cut.
set -euo pipefail
cd "$(dirname "$0")/../.."
command=${1:-$PWD/target/debug/clausier}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed 's/"45 €"/"50 €"/' examples/ecole-rehabilitation/dossier.toml > "$work/autre.toml"
cp examples/ecole-rehabilitation/dossier.toml "$work/dossier.toml"

sums() { (cd "$work/pieces" && find . -type f -not -name '.clausier-*' -exec sha256sum {} + | sort); }
rewrite() { "$@" "$command" rediger "$work/autre.toml" --piece toutes --format md,docx --ecraser -o "$work/pieces" >"$work/out" 2>"$work/err"; }
fault() { rewrite strace -qq -o /dev/null -e "inject=$1"; }
wrong() { printf 'FAILED: %s\n' "$*"; cat "$work/err"; exit 1; }

"$command" rediger "$work/dossier.toml" --piece toutes --format md,docx -o "$work/pieces" 2>/dev/null
old=$(sums)
count=$(printf '%s\n' "$old" | wc -l)

# A failure: exit status 2, the pieces as they were, nothing left beside them.
refused() {
  local status=0
  fault "$1" || status=$?
  [ "$status" = 2 ] || wrong "$1 : status $status"
  [ "$(sums)" = "$old" ] || wrong "$1 : a piece has changed"
  [ -z "$(find "$work/pieces" -name '.clausier-*')" ] || wrong "$1 : a temporary file is left"
}
for n in 1 2 "$count"; do
  refused "fsync:error=EIO:when=$n"
  refused "fsync:error=ENOSPC:when=$n"
  refused "renameat:error=EIO:when=$n"
done

# A disk that is full, where this user may make one.
if [ "$(id -u)" = 0 ] && mkdir "$work/plein" && mount -t tmpfs -o size=256k tmpfs "$work/plein" 2>/dev/null; then
  "$command" rediger "$work/dossier.toml" --piece toutes --format md -o "$work/plein/pieces" 2>/dev/null
  before=$(cd "$work/plein/pieces" && sha256sum ./* | sort)
  head -c 1000000 /dev/zero > "$work/plein/reste" 2>/dev/null || true
  status=0
  "$command" rediger "$work/autre.toml" --piece toutes --format md --ecraser -o "$work/plein/pieces" 2>"$work/err" || status=$?
  after=$(cd "$work/plein/pieces" && sha256sum ./* | sort)
  left=$(find "$work/plein/pieces" -name '.clausier-*')
  umount "$work/plein"
  [ "$status" = 2 ] && [ "$before" = "$after" ] && [ -z "$left" ] || wrong "full disk : status $status, $left"
else
  printf 'full disk passed over: no file system may be mounted here\n'
fi

# A kill before the pieces take their places changes none of them.
for n in 1 "$count"; do
  fault "fsync:signal=KILL:when=$n" && wrong "not killed"
  [ "$(sums)" = "$old" ] || wrong "killed at fsync $n : a piece has changed"
done

# A kill between two of them: no system gives several names at once, so that some pieces are new and the others old; each is
# whole, and the same command, run again, ends the work.
fault "renameat:signal=KILL:when=3" && wrong "not killed"
mixed=$(sums)
rewrite env || wrong "the command run again"
new=$(sums)
while read -r line; do
  grep -qF -- "$line" <<<"$old"$'\n'"$new" || wrong "a piece is neither the old one nor the new one : $line"
done <<<"$mixed"
[ "$(printf '%s\n' "$new" | wc -l)" = "$count" ] && [ "$new" != "$old" ] || wrong "the work is not ended"
printf 'writing: %s files, every fault stood\n' "$count"
