# Runs in namespaces of its own. Gets USER:PASSWORD on standard input, and these variables:
# ROOM (a folder that goes with the host), ACCOUNT (the throw-away user).
set -eu
mount --make-rprivate /
cp -a /etc/. "$ROOM/etc/"
mount --bind "$ROOM/etc" /etc
cp "$ROOM/xrdp.ini" "$ROOM/sesman.ini" /etc/xrdp/
mkdir -p /run/xrdp
mount -t tmpfs -o mode=755 tmpfs /run/xrdp
useradd --create-home --home-dir "$ROOM/home" --shell /bin/sh "$ACCOUNT"
chpasswd
/usr/sbin/xrdp-sesman -n &
exec /usr/sbin/xrdp -n
