# Runs in a mount namespace of its own, and in it what it is given. ROOT is Debian 13's root.
set -eu
here=$PWD
# From within, since a path in the options could hold what has a meaning there.
cd "$ROOT"
mount -t overlay -o lowerdir=usr:/usr overlay /usr
cd "$here"
# Some tests name the program of FreeRDP 2.
mount --bind /usr/bin/xfreerdp3 /usr/bin/xfreerdp
exec "$@"
