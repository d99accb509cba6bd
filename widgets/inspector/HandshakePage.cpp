#include "widgets/inspector/HandshakePage.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "document/EntryDetails.h"
#include "explain/HandshakeLines.h"
#include "explain/RefusalAdvice.h"
#include "widgets/controls/FactList.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/inspector/ConnectionDetails.h"
#include "widgets/inspector/HeadSection.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/inspector/ProxySection.h"
#include "widgets/style/Theme.h"
#include "wire/ChunkedBody.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace sockeye {

namespace {

/// "resolve 1.20 ms · TCP 12.0 ms · ... · total 84.2 ms": the phases that took place.
QString timingsText(const PhaseTimings &timings)
{
    QStringList parts;
    const auto add = [&parts](const QString &name, Nanoseconds duration) {
        if (duration.count() >= 0)
            parts += QStringLiteral("%1 %2").arg(name, durationText(duration));
    };
    add(HandshakePage::tr("resolve"), timings.resolve);
    add(HandshakePage::tr("TCP"), timings.tcp);
    add(HandshakePage::tr("proxy"), timings.proxy);
    add(HandshakePage::tr("TLS"), timings.tls);
    add(HandshakePage::tr("upgrade"), timings.upgrade);
    add(HandshakePage::tr("total"), timings.total);
    return parts.join(QStringLiteral(" · "));
}

/// "12 messages, 1.2 kB on the wire, 12.4 kB inflated (10.3 : 1)"; empty if none was compressed.
QString totalsText(const CompressionTotals &totals)
{
    if (totals.messages == 0)
        return {};
    const QString count = totals.messages == 1 ? HandshakePage::tr("1 message")
                                               : HandshakePage::tr("%1 messages").arg(countText(totals.messages));
    return QStringLiteral("%1, %2").arg(count, compressionText(totals.wireBytes, totals.plainBytes));
}

/// The values of a header in an explained head, each as it stands there.
QList<QByteArray> valuesOf(const HandshakeLines &lines, const char *name)
{
    QList<QByteArray> values;
    for (const HandshakeLine &line : lines) {
        const QByteArrayView words = line.words();
        if (line.name.compare(name, Qt::CaseInsensitive) == 0)
            values += words.sliced(words.indexOf(':') + 1).toByteArray().trimmed();
    }
    return values;
}

struct Mark
{
    QString sign;
    QString word;
    const char *role;
};

Mark markOf(const HandshakeCheck &check)
{
    if (check.passed)
        return {QStringLiteral("✓"), HandshakePage::tr("passed"), "ok"};
    if (check.isFatal())
        return {QStringLiteral("✗"), HandshakePage::tr("failed"), "error"};
    if (check.isRemark())
        return {QStringLiteral("i"), HandshakePage::tr("remark"), "dim"};
    return {QStringLiteral("!"), HandshakePage::tr("tolerated"), "warning"};
}

/// Whether the peer replied with 101, but another check of its reply failed and ended the handshake.
bool endedByACheck(const ConnectionRecord &record)
{
    const auto switched = [](const HandshakeCheck &check) { return check.rule == u"status" && check.passed; };
    return record.endKind == EndKind::HandshakeFailed && std::ranges::any_of(record.checks, switched) &&
           std::ranges::any_of(record.checks, &HandshakeCheck::isFatal);
}

} // namespace

HandshakePage::HandshakePage(InspectorContext &context, QWidget *parent)
    : ScrolledPage(name(), parent)
    , m_context(context)
    , m_refusal(new WrappedLabel(this))
    , m_advice(new WrappedLabel(this))
    , m_facts(new FactList(this))
    , m_proxy(new ProxySection(this))
    , m_checksTitle(new QLabel(this))
    , m_checks(new QGridLayout)
    , m_lenient(new QPushButton(tr("Connect leniently"), this))
    , m_accept(new FactList(this))
    , m_request(new HeadSection(tr("Request, as sent"), this))
    , m_reply(new HeadSection(tr("Reply, as received"), this))
    , m_body(new HeadSection(tr("Body of the reply"), this))
{
    m_checksTitle->setProperty("heading", true);
    m_checksTitle->setWordWrap(true);
    m_checks->setHorizontalSpacing(theme::Gap);
    m_checks->setVerticalSpacing(4);
    m_checks->setColumnStretch(1, 1);
    m_lenient->setAutoDefault(false);
    m_lenient->setAccessibleName(tr("Connect again leniently"));
    m_lenient->setToolTip(tr("Connect again and go on all the same, to study what the server does"));
    m_lenient->hide();
    for (WrappedLabel *label : {m_refusal, m_advice})
        label->setFocusPolicy(Qt::StrongFocus);
    m_refusal->setProperty("title", true);
    m_refusal->setProperty("error", true);
    // Their text is their name: another one would be read in its place.
    QVBoxLayout *layout = sections();
    layout->addWidget(m_refusal);
    layout->addWidget(m_advice);
    layout->addWidget(m_body);
    layout->addWidget(m_facts);
    layout->addWidget(m_proxy);
    layout->addWidget(m_checksTitle);
    layout->addLayout(m_checks);
    layout->addWidget(m_lenient, 0, Qt::AlignLeft);
    layout->addWidget(m_accept);
    layout->addWidget(m_request);
    layout->addWidget(m_reply);
    connect(m_lenient, &QPushButton::clicked, &context, &InspectorContext::lenientWanted);
    connect(&context, &InspectorContext::lenientOfferedChanged, this, &HandshakePage::showOffer);
    connect(m_request, &HeadSection::explainedChanged, m_reply, &HeadSection::setExplained);
    connect(m_reply, &HeadSection::explainedChanged, m_request, &HeadSection::setExplained);
}

HandshakePage::~HandshakePage() = default;

void HandshakePage::showConnection(const ConnectionDetails &details)
{
    const ConnectionRecord &record = details.record;
    // If the record has not changed, the user's selection and scroll position are kept.
    if (record != m_record) {
        m_record = record;
        showRefusal();
        showFacts();
        m_proxy->setSteps(m_record.proxySteps);
        showChecks();
        showAccept();
        showHeads();
        showOffer();
    }
    showContent();
}

void HandshakePage::showOffer()
{
    m_lenient->setVisible(m_context.isLenientOffered() && endedByACheck(m_record));
}

void HandshakePage::showRefusal()
{
    const bool isRefused = m_record.endKind == EndKind::HandshakeFailed;
    const QString status = refusalStatus(m_record);
    m_refusal->showText(QStringLiteral("✗ ") + (status.isEmpty() ? tr("No reply") : status));
    m_advice->showText(refusalAdvice(m_record).join(u'\n'));
    m_refusal->setVisible(isRefused);
    m_advice->setVisible(isRefused);
}

void HandshakePage::showFacts()
{
    const TlsFacts &tls = m_record.tls;
    m_facts->setFacts({
        {tr("URL"), m_record.url},
        {tr("Peer"), m_record.peerAddress},
        {tr("Proxy"), m_record.proxySteps.isEmpty() ? QString() : m_record.proxySteps.constLast().proxy},
        {tr("TLS"), tls.version.isEmpty() ? QString() : tls.version + QStringLiteral(" · ") + tls.cipher},
        {tr("Subprotocol"), m_record.subprotocol},
        {tr("Extensions"), m_record.extensions},
        {tr("Compressed in"), totalsText(m_record.compressedIn)},
        {tr("Compressed out"), totalsText(m_record.compressedOut)},
        {tr("Timings"), timingsText(m_record.timings)},
        {tr("End"), m_record.endText},
    });
}

void HandshakePage::showChecks()
{
    while (QLayoutItem *item = m_checks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto passed = std::count_if(m_record.checks.begin(), m_record.checks.end(),
                                      [](const HandshakeCheck &check) { return check.passed; });
    const auto remarks = std::ranges::count_if(m_record.checks, &HandshakeCheck::isRemark);
    const auto failed = m_record.checks.size() - passed - remarks;
    QString title = failed == 0 ? tr("Checks of the reply: all %1 passed").arg(passed)
                                : tr("Checks of the reply: %1 passed, %2 failed").arg(passed).arg(failed);
    if (remarks > 0)
        title += remarks == 1 ? tr(", 1 remark") : tr(", %1 remarks").arg(remarks);
    m_checksTitle->setText(title);
    m_checksTitle->setVisible(!m_record.checks.isEmpty());
    for (const HandshakeCheck &check : m_record.checks)
        addCheck(check);
}

void HandshakePage::addCheck(const HandshakeCheck &check)
{
    const int row = m_checks->rowCount();
    const Mark mark = markOf(check);
    auto *sign = new QLabel(mark.sign);
    sign->setAccessibleName(mark.word);
    sign->setToolTip(mark.word);
    sign->setProperty(mark.role, true);
    auto *text = new WrappedLabel(check.section.isEmpty() ? check.text
                                                          : QStringLiteral("%1 (%2)").arg(check.text, check.section));
    text->setAccessibleName(QStringLiteral("%1: %2").arg(mark.word, text->text()));
    if (!check.passed)
        text->setProperty(mark.role, true);
    m_checks->addWidget(sign, row, 0, Qt::AlignTop);
    m_checks->addWidget(text, row, 1);
}

void HandshakePage::showAccept()
{
    const QList<QByteArray> keys = valuesOf(explainRequest(m_record.requestHead), "Sec-WebSocket-Key");
    if (m_record.responseHead.isEmpty() || keys.isEmpty()) {
        m_accept->setFacts({});
        return;
    }
    const QByteArray expected = acceptFor(keys.first());
    const QList<QByteArray> received =
        valuesOf(explainReply(m_record.responseHead, m_record.requestHead), "Sec-WebSocket-Accept");
    const bool matches = received == QList<QByteArray>{expected};
    m_accept->setFacts({
        {tr("Accept expected"), QString::fromLatin1(expected), nullptr, true},
        {tr("Accept received"), received.isEmpty() ? tr("none") : textFromUtf8(received.join(", ").left(1000)),
         matches ? "ok" : "error", !received.isEmpty()},
    });
}

void HandshakePage::showHeads()
{
    m_request->setHead(m_record.requestHead, explainRequest(m_record.requestHead));
    m_request->setVisible(!m_record.requestHead.isEmpty());
    m_reply->setHead(m_record.responseHead, explainReply(m_record.responseHead, m_record.requestHead));
    m_reply->setVisible(!m_record.responseHead.isEmpty());
    m_body->setBody(bodyContent(recordedHead(m_record.responseHead), m_record.responseBody));
    m_body->setTitle(tr("Body of the reply, %1").arg(sizeText(m_record.responseBody.size())));
    m_body->setVisible(!m_record.responseBody.isEmpty());
}

} // namespace sockeye
