#include "explain/StatusExplanations.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct StatusExplanationsWords
{
    Q_DECLARE_TR_FUNCTIONS(StatusExplanations)
};

struct KnownStatus
{
    int status;
    const char *text;
    const char *section;
};

constexpr std::array statuses{
    KnownStatus{
        101, QT_TRANSLATE_NOOP("StatusExplanations", "The server changes the protocol: from here on it is WebSocket."),
        "RFC 6455 4.2.2"},
    KnownStatus{200,
                QT_TRANSLATE_NOOP("StatusExplanations",
                                  "The server answered as to a plain request: this address is no "
                                  "WebSocket endpoint, or something on the way took Upgrade off."),
                "RFC 9110 15.3.1"},
    KnownStatus{301,
                QT_TRANSLATE_NOOP("StatusExplanations", "The endpoint has moved for good; Location says where to."),
                "RFC 9110 15.4.2"},
    KnownStatus{302, QT_TRANSLATE_NOOP("StatusExplanations", "The endpoint is elsewhere for now; Location says where."),
                "RFC 9110 15.4.3"},
    KnownStatus{303, QT_TRANSLATE_NOOP("StatusExplanations", "The answer is at another address; Location says where."),
                "RFC 9110 15.4.4"},
    KnownStatus{307, QT_TRANSLATE_NOOP("StatusExplanations", "The endpoint is elsewhere for now; Location says where."),
                "RFC 9110 15.4.8"},
    KnownStatus{308,
                QT_TRANSLATE_NOOP("StatusExplanations", "The endpoint has moved for good; Location says where to."),
                "RFC 9110 15.4.9"},
    KnownStatus{400,
                QT_TRANSLATE_NOOP("StatusExplanations",
                                  "The server did not understand the request, or lacks a header in "
                                  "it."),
                "RFC 9110 15.5.1"},
    KnownStatus{401, QT_TRANSLATE_NOOP("StatusExplanations", "A log-in is wanted; WWW-Authenticate says how."),
                "RFC 9110 15.5.2"},
    KnownStatus{403,
                QT_TRANSLATE_NOOP("StatusExplanations",
                                  "The server understood and refuses; the Origin or the log-in may "
                                  "not be what it allows."),
                "RFC 9110 15.5.4"},
    KnownStatus{404, QT_TRANSLATE_NOOP("StatusExplanations", "Nothing is at this path."), "RFC 9110 15.5.5"},
    KnownStatus{405, QT_TRANSLATE_NOOP("StatusExplanations", "The resource does not take GET, so it is no WebSocket."),
                "RFC 9110 15.5.6"},
    KnownStatus{407, QT_TRANSLATE_NOOP("StatusExplanations", "The proxy wants a log-in."), "RFC 9110 15.5.8"},
    KnownStatus{408, QT_TRANSLATE_NOOP("StatusExplanations", "The request took too long for the server."),
                "RFC 9110 15.5.9"},
    KnownStatus{410, QT_TRANSLATE_NOOP("StatusExplanations", "The endpoint is gone for good."), "RFC 9110 15.5.11"},
    KnownStatus{421, QT_TRANSLATE_NOOP("StatusExplanations", "This server does not serve the host that was asked for."),
                "RFC 9110 15.5.20"},
    KnownStatus{426,
                QT_TRANSLATE_NOOP("StatusExplanations", "Another protocol or version is wanted; Upgrade or "
                                                        "Sec-WebSocket-Version says which."),
                "RFC 6455 4.2.2"},
    KnownStatus{429,
                QT_TRANSLATE_NOOP("StatusExplanations",
                                  "Too many requests in a short time; Retry-After may say how long "
                                  "to wait."),
                "RFC 6585 4"},
    KnownStatus{431, QT_TRANSLATE_NOOP("StatusExplanations", "The request's headers are too large for the server."),
                "RFC 6585 5"},
    KnownStatus{500, QT_TRANSLATE_NOOP("StatusExplanations", "The server failed within."), "RFC 9110 15.6.1"},
    KnownStatus{501, QT_TRANSLATE_NOOP("StatusExplanations", "The server cannot do what was asked."),
                "RFC 9110 15.6.2"},
    KnownStatus{502,
                QT_TRANSLATE_NOOP("StatusExplanations",
                                  "The proxy got no sensible answer from the server behind it; it "
                                  "may not pass WebSocket on."),
                "RFC 9110 15.6.3"},
    KnownStatus{503, QT_TRANSLATE_NOOP("StatusExplanations", "The service is overloaded or down for now."),
                "RFC 9110 15.6.4"},
    KnownStatus{504, QT_TRANSLATE_NOOP("StatusExplanations", "The server behind the proxy did not answer in time."),
                "RFC 9110 15.6.5"},
};

QString statusClass(int status)
{
    switch (status / 100) {
    case 1:
        return StatusExplanationsWords::tr("An interim answer, which is not the change of protocol.");
    case 2:
        return StatusExplanationsWords::tr("The server answered as to a plain request, without WebSocket.");
    case 3:
        return StatusExplanationsWords::tr("The server points elsewhere.");
    case 4:
        return StatusExplanationsWords::tr("The server refuses: by its word the request is at fault.");
    case 5:
        return StatusExplanationsWords::tr("The server refuses: by its own word it is at fault.");
    default:
        return StatusExplanationsWords::tr("This status means nothing that is known.");
    }
}

} // namespace

Explanation statusExplanation(int status)
{
    const auto *const found = std::find_if(statuses.begin(), statuses.end(),
                                           [status](const KnownStatus &known) { return known.status == status; });
    if (found != statuses.end()) {
        return {QCoreApplication::translate("StatusExplanations", found->text), QLatin1String(found->section),
                status == 101 ? QString() : StatusExplanationsWords::tr("Only status 101 begins a WebSocket.")};
    }
    return {statusClass(status), u"RFC 9110 15"_s, StatusExplanationsWords::tr("Only status 101 begins a WebSocket.")};
}

} // namespace sockeye
