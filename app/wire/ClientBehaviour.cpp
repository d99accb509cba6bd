#include "wire/ClientBehaviour.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace sockeye {
namespace {

/// The clients that do the same, separated by commas; one that does not take part stands nowhere.
struct Behaviour
{
    const char *rule;
    const char *fail;
    /// Fail with some forms of the fault and go on with others.
    const char *failPartly;
    /// Wait for ever.
    const char *hang;
    /// Go on with other messages than were sent.
    const char *misread;
    const char *goOn;
};

// From tests/peers/clients.tsv, against which it is tested.
constexpr std::array behaviours{
    Behaviour{"connection.list", "Node, Deno, QWebSocket", "", "", "",
              "Chromium, Firefox, Bun, ws, gorilla, Python websockets"},
    Behaviour{"accept.blanks", "Node", "", "", "",
              "Chromium, Firefox, Bun, Deno, ws, gorilla, Python websockets, QWebSocket"},
    Behaviour{"subprotocol.none", "Chromium, Node, Bun, ws", "", "", "",
              "Firefox, Deno, gorilla, Python websockets, QWebSocket"},
    Behaviour{"subprotocol.not-offered", "Chromium, Node, Bun, ws, Python websockets, QWebSocket", "Firefox", "", "",
              "Deno, gorilla"},
    Behaviour{"duplicates", "Chromium, Firefox, Node, Bun, ws, Python websockets, QWebSocket", "", "", "",
              "Deno, gorilla"},
    Behaviour{"upgrade.twice", "Chromium, Node, ws, Python websockets, QWebSocket", "", "", "",
              "Firefox, Bun, Deno, gorilla"},
    Behaviour{"upgrade.list", "Chromium, Node, Bun, Deno, ws, Python websockets, QWebSocket", "", "", "",
              "Firefox, gorilla"},
    Behaviour{"accept.repeated", "Chromium, Firefox, Node, ws, Python websockets, QWebSocket", "", "", "",
              "Bun, Deno, gorilla"},
    Behaviour{"framing.content-length", "", "", "", "",
              "Chromium, Firefox, Node, Bun, Deno, ws, gorilla, Python websockets, QWebSocket"},
    Behaviour{"framing.transfer-encoding", "", "", "", "",
              "Chromium, Firefox, Node, Bun, Deno, ws, gorilla, Python websockets, QWebSocket"},
    Behaviour{"extensions.empty", "Chromium, Node, Bun, ws, Python websockets", "", "", "",
              "Firefox, Deno, gorilla, QWebSocket"},
    Behaviour{"extensions", "Chromium, Firefox, Node, Bun, Python websockets", "ws", "", "",
              "Deno, gorilla, QWebSocket"},
    Behaviour{"http.bare-line-feed", "Node, ws, Python websockets", "", "QWebSocket", "",
              "Chromium, Firefox, Bun, Deno, gorilla"},
    Behaviour{"http-version", "Firefox, Python websockets, QWebSocket", "", "", "",
              "Chromium, Node, Bun, Deno, ws, gorilla"},
    Behaviour{"interim", "Chromium, gorilla, Python websockets, QWebSocket", "Node", "", "", "Firefox, Bun, Deno, ws"},
    Behaviour{"folding", "Node, Bun, Deno, ws, Python websockets", "", "", "",
              "Chromium, Firefox, gorilla, QWebSocket"},
    Behaviour{"frame.length-form", "Chromium, Firefox, QWebSocket", "", "", "",
              "Node, Bun, Deno, ws, gorilla, Python websockets"},
    Behaviour{"frame.masked", "Chromium, Node, Bun, ws, gorilla, Python websockets", "", "", "Deno",
              "Firefox, QWebSocket"},
    Behaviour{"close.code", "Node, Bun, Deno, ws, gorilla, Python websockets, QWebSocket", "Chromium", "", "",
              "Firefox"},
    Behaviour{"close.one-byte", "Chromium, Node, Bun, Deno, ws, Python websockets, QWebSocket", "", "", "",
              "Firefox, gorilla"},
    Behaviour{"deflate.final-block", "Chromium, Firefox", "", "", "Node, Python websockets", "Bun, ws, gorilla"},
    Behaviour{"deflate.empty", "Chromium, Firefox, Node, Bun, ws, gorilla, Python websockets", "", "", "", ""},
};

QString listed(const QStringList &names)
{
    if (names.size() < 2)
        return names.join(QString());
    return QCoreApplication::translate("ClientBehaviour", "%1 and %2")
        .arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.back());
}

/// "Firefox goes on", "Firefox and ws go on": the form for one client, or for several.
QString clause(const char *clients, const QString &one, const QString &several)
{
    const QStringList names = QString::fromLatin1(clients).split(QStringLiteral(", "), Qt::SkipEmptyParts);
    return names.isEmpty() ? QString() : (names.size() == 1 ? one : several).arg(listed(names));
}

} // namespace

QString clientBehaviour(QStringView rule)
{
    const auto isIt = [rule](const Behaviour &candidate) { return rule == QLatin1StringView(candidate.rule); };
    const auto found = std::find_if(behaviours.begin(), behaviours.end(), isIt);
    if (found == behaviours.end())
        return {};
    QStringList clauses{clause(found->fail, QCoreApplication::translate("ClientBehaviour", "%1 fails here"),
                               QCoreApplication::translate("ClientBehaviour", "%1 fail here")),
                        clause(found->failPartly,
                               QCoreApplication::translate("ClientBehaviour", "%1 fails with some forms of it"),
                               QCoreApplication::translate("ClientBehaviour", "%1 fail with some forms of it")),
                        clause(found->hang, QCoreApplication::translate("ClientBehaviour", "%1 waits for ever"),
                               QCoreApplication::translate("ClientBehaviour", "%1 wait for ever")),
                        clause(found->misread, QCoreApplication::translate("ClientBehaviour", "%1 misreads messages"),
                               QCoreApplication::translate("ClientBehaviour", "%1 misread messages")),
                        clause(found->goOn, QCoreApplication::translate("ClientBehaviour", "%1 goes on"),
                               QCoreApplication::translate("ClientBehaviour", "%1 go on"))};
    clauses.removeAll(QString());
    return clauses.join(QStringLiteral("; ")) + u'.';
}

QString withClientBehaviour(const QString &text, QStringView rule)
{
    const QString behaviour = clientBehaviour(rule);
    return behaviour.isEmpty() ? text : text + u' ' + behaviour;
}

} // namespace sockeye
