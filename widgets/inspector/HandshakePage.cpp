#include "widgets/inspector/HandshakePage.h"

#include "base/Units.h"
#include "widgets/inspector/HeadSection.h"
#include "widgets/inspector/PageStack.h"
#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

namespace sockeye {

namespace {

void emptyLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QLabel *selectableLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

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

} // namespace

HandshakePage::HandshakePage(QWidget *parent)
    : QWidget(parent)
    , m_facts(new QGridLayout)
    , m_checksTitle(new QLabel(tr("Checks of the reply"), this))
    , m_checks(new QGridLayout)
    , m_request(new HeadSection(tr("Request, as sent"), this))
    , m_reply(new HeadSection(tr("Reply, as received"), this))
    , m_body(new HeadSection(tr("Body of the reply"), this))
{
    setAccessibleName(tr("Handshake"));
    m_checksTitle->setProperty("heading", true);
    for (QGridLayout *grid : {m_facts, m_checks}) {
        grid->setHorizontalSpacing(theme::Gap);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
    }
    m_facts->setHorizontalSpacing(2 * theme::Gap);

    auto *content = new QWidget(this);
    content->setProperty("surface", true);
    content->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(theme::Gap + 2, theme::Gap, theme::Gap + 2, theme::Gap);
    layout->setSpacing(theme::Gap);
    layout->addLayout(m_facts);
    layout->addWidget(m_checksTitle);
    layout->addLayout(m_checks);
    layout->addWidget(m_request);
    layout->addWidget(m_reply);
    layout->addWidget(m_body);
    layout->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    m_stack = new PageStack(scroll, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_stack);
}

HandshakePage::~HandshakePage() = default;

void HandshakePage::show(const ConnectionRecord &record)
{
    // A record that is read again and says the same keeps what the person has selected and scrolled to.
    if (record != m_record) {
        m_record = record;
        showFacts();
        showChecks();
        m_request->setBytes(record.requestHead);
        m_request->setVisible(!record.requestHead.isEmpty());
        m_reply->setBytes(record.responseHead);
        m_reply->setVisible(!record.responseHead.isEmpty());
        m_body->setBytes(record.responseBody);
        m_body->setTitle(tr("Body of the reply, %1").arg(sizeText(record.responseBody.size())));
        m_body->setVisible(!record.responseBody.isEmpty());
    }
    m_stack->showContent();
}

void HandshakePage::showWords(const QString &text)
{
    m_stack->showWords(text);
}

void HandshakePage::addFact(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return;
    const int row = m_facts->rowCount();
    auto *nameLabel = new QLabel(name);
    nameLabel->setProperty("dim", true);
    m_facts->addWidget(nameLabel, row, 0, Qt::AlignTop);
    QLabel *valueLabel = selectableLabel(value);
    valueLabel->setAccessibleName(name);
    m_facts->addWidget(valueLabel, row, 1);
}

void HandshakePage::showFacts()
{
    emptyLayout(m_facts);
    addFact(tr("URL"), m_record.url);
    addFact(tr("Peer"), m_record.peerAddress);
    addFact(tr("TLS"), m_record.tls.version.isEmpty()
                           ? QString()
                           : QStringList{m_record.tls.version, m_record.tls.cipher}.join(QStringLiteral(" · ")));
    addFact(tr("Subprotocol"), m_record.subprotocol);
    addFact(tr("Timings"), timingsText(m_record.timings));
    addFact(tr("End"), m_record.endText);
}

void HandshakePage::showChecks()
{
    emptyLayout(m_checks);
    m_checksTitle->setVisible(!m_record.checks.isEmpty());
    for (const HandshakeCheck &check : m_record.checks) {
        const int row = m_checks->rowCount();
        auto *mark = new QLabel(check.passed ? QStringLiteral("✓") : QStringLiteral("✗"));
        mark->setAccessibleName(check.passed ? tr("passed") : tr("failed"));
        mark->setProperty(check.passed ? "ok" : "error", true);
        const QString source =
            check.passed || check.section.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(check.section);
        QLabel *text = selectableLabel(check.text + source);
        text->setProperty("error", !check.passed);
        m_checks->addWidget(mark, row, 0, Qt::AlignTop);
        m_checks->addWidget(text, row, 1);
    }
}

} // namespace sockeye
