// What a proxy says to who asks it for a tunnel. Byte 0 chooses the kind of proxy, the credentials and the limits; byte
// 1 how the rest is split.

#include "fuzz/Fuzzing.h"
#include "proxy/HttpTunnel.h"
#include "proxy/SocksTunnel.h"

#include <memory>

using namespace sockeye;
using namespace sockeye::fuzz;
using Event = ProxyTunnel::Event;

namespace {

constexpr Timestamp Now{};
/// It could stand in no text by chance.
const QString Password = QStringLiteral("s3cr\u00e9t-0f-mine");

struct Setup
{
    bool isSocks = false;
    bool hasCredentials = false;
    bool basicAtOnce = false;
    bool isTight = false;
};

[[nodiscard]] std::unique_ptr<ProxyTunnel> makeTunnel(const Setup &setup)
{
    TunnelRequest request{QStringLiteral("proxy.test:3128"), QStringLiteral("peer.test"), 443, {}};
    if (setup.hasCredentials)
        request.credentials = {QStringLiteral("me"), Password};
    if (setup.isSocks)
        return std::make_unique<SocksTunnel>(request);
    return std::make_unique<HttpTunnel>(request,
                                        HttpTunnel::Options{.limits = {.maxBytes = setup.isTight ? 256 : 64 * 1024,
                                                                       .maxLines = setup.isTight ? 6 : 1000},
                                                            .basicAtOnce = setup.basicAtOnce});
}

void judgeRequest(const QByteArray &request, const Setup &setup)
{
    require(!request.isEmpty(), "what is to be sent is there");
    if (setup.isSocks) {
        require(request.front() == 5 || request.front() == 1, "SOCKS5 or a login goes out");
        return;
    }
    HttpHeadParser parser;
    QByteArrayView rest = request;
    require(parser.feed(rest) == HttpHeadParser::Status::Complete && rest.isEmpty(), "a request is one head");
    require(parser.findings().isEmpty(), "with nothing wrong in it");
    require(parser.head().startLine == "CONNECT peer.test:443 HTTP/1.1", "for the tunnel");
}

/// What came of the proxy's bytes. Words are left out: a refusal quotes as much as had come.
struct Outcome
{
    QList<Event> events;
    qsizetype requests = 0;
    QByteArray rest;
    int status = 0;
    bool wouldRefuseAgain = false;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

class Dialogue final
{
public:
    explicit Dialogue(const Setup &setup)
        : m_setup(setup)
        , m_tunnel(makeTunnel(setup))
    {
        send();
    }

    [[nodiscard]] bool isOver() const
    {
        return !m_outcome.events.isEmpty() &&
               (m_outcome.events.last() == Event::Opened || m_outcome.events.last() == Event::Refused);
    }

    /// Takes a part of a reply; false if the rest of it is of no account, for a request has gone out since.
    [[nodiscard]] bool take(QByteArrayView input)
    {
        while (!isOver()) {
            const Event event = m_tunnel->feed(input, Now);
            if (event == Event::NeedsMore) {
                require(input.isEmpty(), "who needs more has used what there was");
                return true;
            }
            require(m_outcome.events.size() < 100, "it comes to an end");
            note(event);
            if (event == Event::Send || event == Event::Reconnect)
                return false;
        }
        // How much of a refusal was taken is of no account.
        if (m_outcome.events.last() == Event::Opened)
            m_outcome.rest += input;
        return true;
    }

    [[nodiscard]] Outcome end()
    {
        for (int i = 0; !isOver(); ++i) {
            require(i <= HttpTunnel::MaxRequests, "a proxy that leaves again and again is left");
            const Event event = m_tunnel->ended(QString());
            require(event == Event::Reconnect || event == Event::Refused,
                    "after the end there is another try, or none");
            note(event);
        }
        const QString refusal = m_tunnel->refusalText();
        require((m_outcome.events.last() == Event::Refused) == !refusal.isEmpty(), "a refusal has words");
        require(!refusal.contains(Password) && !m_notices.join(u' ').contains(Password), "no password is told");
        m_outcome.status = m_tunnel->refusalStatus();
        m_outcome.wouldRefuseAgain = m_tunnel->wouldRefuseAgain();
        return m_outcome;
    }

private:
    void note(Event event)
    {
        // Whether it is known before its text has come depends on the split.
        if (event != Event::Declined)
            m_outcome.events += event;
        m_notices += m_tunnel->takeNotices();
        if (event == Event::Send || event == Event::Reconnect)
            send();
    }
    void send()
    {
        judgeRequest(m_tunnel->takeOutput(Now), m_setup);
        ++m_outcome.requests;
    }

    Setup m_setup;
    std::unique_ptr<ProxyTunnel> m_tunnel;
    QStringList m_notices;
    Outcome m_outcome;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 flags = input.byte();
    const quint8 pieces = input.byte();
    const Setup setup{(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0};
    Dialogue whole(setup);
    Dialogue chopped(setup);
    while (!input.isEmpty()) {
        const QByteArrayView reply = input.take(input.number(2));
        static_cast<void>(whole.take(reply));
        inPieces(reply, pieces, [&](QByteArrayView piece) { return chopped.take(piece); });
    }
    require(whole.end() == chopped.end(), "any split of the bytes comes to the same");
    return 0;
}
