#!/usr/bin/env bash
# Pasting under X11 loses a byte order mark at the start and one NUL at the end of a text, and keeps both in its midst.
#
# Packages:  Debian 12: qt6-base-dev 6.4.2+dfsg-10, xclip 0.13-2, xvfb.
# Guess:     QClipboard::text() returns what the other program put there as UTF8_STRING, character for character: the
#            target carries no mark and no terminator, so nothing in it is one.
# Behaviour: Of EF BB BF 61 62 63 it returns "abc", of 61 62 63 00 "abc". It is one of each: a second mark or a second
#            NUL stays, and so do those in the middle. CR LF stays as it is.
# Matters:   A WebSocket client's editor promises to send what was pasted. A text that ends in NUL is no oddity: STOMP
#            frames do, and a copied frame pasted into a Qt window is no frame any more. A program that offers
#            "text/plain;charset=utf-8" beside UTF8_STRING can be read without the loss; one that does not cannot.
# Source:    found by sending pasted text to a server and comparing bytes. The ends of the text are lost in the xcb
#            platform plugin's decoding, before a QMimeData is made.
set -eu

for wanted in qt6-base-dev=6.4.2+dfsg-10 xclip=0.13-2; do
    installed=$(dpkg-query -W -f='${Version}' "${wanted%%=*}" 2>/dev/null || true)
    if [ "${installed%%+deb12u*}" != "${wanted#*=}" ]; then
        echo "This is about $wanted of Debian 12; installed: ${installed:-none}" >&2
        exit 2
    fi
done
for program in g++ xvfb-run xclip pkg-config; do
    command -v "$program" >/dev/null || { echo "This needs $program" >&2; exit 2; }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 700 "$folder"
export HOME="$folder" XDG_RUNTIME_DIR="$folder" QT_QPA_PLATFORM=xcb

cat >"$folder/paste.cpp" <<'CPP'
#include <QClipboard>
#include <QGuiApplication>
#include <cstdio>

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    std::puts(QGuiApplication::clipboard()->text().toUtf8().toHex().constData());
}
CPP
# shellcheck disable=SC2046
g++ -std=c++17 -fPIC $(pkg-config --cflags Qt6Gui) "$folder/paste.cpp" -o "$folder/paste" $(pkg-config --libs Qt6Gui)

changed=0
# shows BYTES EXPECTED: both in hex
shows() {
    local got
    # shellcheck disable=SC2016
    got=$(printf '%b' "$(printf '%s' "$1" | sed 's/../\\x&/g')" >"$folder/text" &&
        timeout 60 xvfb-run -a bash -c 'xclip -selection clipboard -target UTF8_STRING -i "$1"; timeout 20 "$2"' paste \
            "$folder/text" "$folder/paste" 2>/dev/null)
    printf '%-24s is pasted as %s\n' "$1" "$got"
    [ "$got" = "$2" ] || { echo "  expected $2"; changed=1; }
}

shows 616263 616263
shows efbbbf616263 616263             # the mark is gone
shows efbbbfefbbbf616263 efbbbf616263 # one of two
shows 61efbbbf62 61efbbbf62
shows 61626300 616263                 # the NUL is gone
shows 6162630000 61626300             # one of two
shows 610062 610062
shows 610d0a620d0a 610d0a620d0a
exit "$changed"
