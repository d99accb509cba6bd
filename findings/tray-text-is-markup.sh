#!/usr/bin/env bash
# Qt's tray icon hands a message's text to the desktop as it stands, and the desktop reads its body as markup.
#
# Packages:  Debian 12: python3-pyqt6 6.4.2-1, libqt6gui6 6.4.2+dfsg-10, xvfb, dbus, python3-dbus, python3-gi.
# Guess:     QSystemTrayIcon::showMessage() takes a title and a message and speaks of no markup, so what it sends to
#            org.freedesktop.Notifications, whose bodies are markup, is escaped on the way.
# Behaviour: The text crosses the bus byte for byte, to a desktop that says "body-markup" as to any other: in the body "a<b"
#            begins an element, "<i>" is one, and "&amp;" reads "&". The summary, which is no markup, is sent alike.
# Matters:   A notice of a debugger shows what a peer sent, so a peer could write markup on the user's desktop. Escaping the
#            text is no way out: Windows, macOS and daemons without markup show "&lt;" then.
# Source:    Desktop Notifications Specification 1.2, "Markup"; Qt 6.4, QSystemTrayIcon::showMessage().
set -eu

for wanted in python3-pyqt6=6.4.2-1 libqt6gui6=6.4.2+dfsg-10; do
    installed=$(dpkg-query -W -f='${Version}' "${wanted%%=*}" 2>/dev/null || true)
    if [ "$installed" != "${wanted#*=}" ]; then
        echo "This is about $wanted; installed: ${installed:-none}" >&2
        exit 2
    fi
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 700 "$folder"
export HOME="$folder" XDG_RUNTIME_DIR="$folder" LC_ALL=C.UTF-8

# Stands for a desktop: a place for tray icons, and what shows notices.
cat >"$folder/desktop.py" <<'PY'
import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()

class Watcher(dbus.service.Object):
    I = "org.kde.StatusNotifierWatcher"
    @dbus.service.method(I, in_signature="s")
    def RegisterStatusNotifierItem(self, name): pass
    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="ss", out_signature="v")
    def Get(self, interface, name): return dbus.Boolean(True)
    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface): return {"IsStatusNotifierHostRegistered": dbus.Boolean(True)}

    # With its property, which Qt looks for there.
    @dbus.service.method("org.freedesktop.DBus.Introspectable", out_signature="s")
    def Introspect(self):
        return (f'<node><interface name="{self.I}"><method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/>'
                '</method><property name="IsStatusNotifierHostRegistered" type="b" access="read"/></interface></node>')

class Notices(dbus.service.Object):
    I = "org.freedesktop.Notifications"
    @dbus.service.method(I, out_signature="as")
    def GetCapabilities(self): return ["body", "body-markup"]
    @dbus.service.method(I, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        print("summary", summary, flush=True)
        print("body", body, flush=True)
        GLib.timeout_add(200, loop.quit)
        return dbus.UInt32(1)

names = [dbus.service.BusName(n, bus) for n in ("org.kde.StatusNotifierWatcher", "org.freedesktop.Notifications")]
objects = [Watcher(bus, "/StatusNotifierWatcher"), Notices(bus, "/org/freedesktop/Notifications")]
print("ready", flush=True)
GLib.timeout_add_seconds(40, loop.quit)
loop.run()
PY
cat >"$folder/program.py" <<'PY'
import sys
from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QApplication, QSystemTrayIcon

app = QApplication(["program"])
picture = QPixmap(16, 16)
picture.fill()
tray = QSystemTrayIcon(QIcon(picture))
tray.show()
QTimer.singleShot(1000, lambda: tray.showMessage("1 < 2", 'if a<b && c>d: <i>x</i> &amp;'))
QTimer.singleShot(20000, app.quit)
sys.exit(app.exec())
PY
cat >"$folder/session.sh" <<'SH'
set -eu
/usr/bin/python3 "$HOME/desktop.py" >"$HOME/said" &
desktop=$!
for _ in $(seq 100); do
    ! grep -q ready "$HOME/said" || break
    sleep 0.1
done
QT_QPA_PLATFORM=xcb XDG_CURRENT_DESKTOP=KDE timeout 60 /usr/bin/python3 "$HOME/program.py" >"$HOME/program.log" 2>&1 &
program=$!
wait "$desktop"
kill "$program" 2>/dev/null || true
SH
timeout 90 xvfb-run -a dbus-run-session -- bash "$folder/session.sh" 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
sed 1d "$folder/said" | tee "$folder/seen"

cat >"$folder/expected" <<'TEXT'
summary 1 < 2
body if a<b && c>d: <i>x</i> &amp;
TEXT
diff "$folder/expected" "$folder/seen" || { echo "Qt sends something else now" >&2; exit 1; }
echo "The body, which is markup, was sent as it stands."
