#include "widgets/StatusLine.h"

#include "base/Units.h"
#include "widgets/ElidedLabel.h"
#include "widgets/StatusLineAccessible.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString strong(const QString &text)
{
    return u"<b>%1</b>"_s.arg(text.toHtmlEscaped());
}

QString colored(const QString &text, const QColor &color)
{
    return u"<span style='color:%1'>%2</span>"_s.arg(color.name(), text);
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_dot(new QLabel(this))
    , m_state(new ElidedLabel(this))
    , m_facts(new QLabel(this))
{
    installStatusLineAccessible();
    setAccessibleName(tr("Connection status"));
    m_dot->setAccessibleName(tr("State"));
    m_facts->setTextFormat(Qt::RichText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_dot);
    layout->addSpacing(theme::Gap / 2);
    layout->addWidget(m_state);
    layout->addSpacing(theme::Gap * 2);
    layout->addWidget(m_facts);
    layout->addStretch(1);
    render();
}

void StatusLine::showStatus(const SessionStatus &status)
{
    m_isCapture = false;
    m_status = status;
    render();
}

void StatusLine::showCapture(const CaptureFacts &facts)
{
    m_isCapture = true;
    m_capture = facts;
    render();
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        render();
    QWidget::changeEvent(event);
}

void StatusLine::showState(Tone tone, const QString &state)
{
    const ThemeColors &colors = theme::colors(palette());
    QColor color = colors.dimText;
    if (tone == Tone::Good)
        color = colors.ok;
    else if (tone == Tone::Bad)
        color = colors.error;
    else if (tone == Tone::Busy)
        color = colors.sent;
    if (m_dotColor != color.rgb()) {
        m_dotColor = color.rgb();
        constexpr int DotSize = 16;
        m_dot->setPixmap(icons::dot(color).pixmap(QSize(DotSize, DotSize), devicePixelRatioF()));
    }
    m_state->setText(state);
    m_state->setTextColor(tone == Tone::Idle ? colors.text : color);
}

void StatusLine::showFacts(const QStringList &rich)
{
    const QString line = rich.join(u"&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;"_s);
    const QString html = colored(line, theme::colors(palette()).dimText);
    const QString whole = rich.isEmpty() ? QString() : html;
    if (m_facts->text() != whole) {
        m_facts->setText(whole);
        m_facts->setAccessibleName(QTextDocumentFragment::fromHtml(rich.join(u", "_s)).toPlainText());
    }
    QString text = m_state->text();
    if (!rich.isEmpty())
        text += u", "_s + m_facts->accessibleName();
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleDescription(m_text);
}

namespace {

using State = SessionStatus::State;

bool endedWell(const SessionStatus &status)
{
    return status.endKind == EndKind::Clean || status.endKind == EndKind::Live;
}

} // namespace

void StatusLine::render()
{
    const ThemeColors &colors = theme::colors(palette());
    const auto value = [&colors](const QString &text) { return colored(strong(text), colors.text); };
    if (m_isCapture) {
        showState(Tone::Idle, m_capture.endText.isEmpty() ? tr("Recorded") : tr("Recorded: %1").arg(m_capture.endText));
        showFacts({tr("%1 entries").arg(value(countText(m_capture.entries))), value(sizeText(m_capture.fileSize))});
        return;
    }
    switch (m_status.state) {
    case State::Idle:
        showState(Tone::Idle, tr("Not connected"));
        showFacts({});
        return;
    case State::Connecting:
        showState(Tone::Busy, m_status.phase.isEmpty() ? tr("Connecting…") : tr("Connecting: %1").arg(m_status.phase));
        break;
    case State::Open:
        showState(Tone::Good, tr("Open"));
        break;
    case State::Closing:
        showState(Tone::Busy, tr("Closing…"));
        break;
    case State::Closed:
        showState(endedWell(m_status) ? Tone::Idle : Tone::Bad, tr("Closed: %1").arg(m_status.endText));
        break;
    case State::Waiting:
        showState(Tone::Busy, tr("Waiting to connect again: %1").arg(m_status.endText));
        break;
    }
    QStringList facts;
    if (!m_status.tlsVersion.isEmpty())
        facts += m_status.tlsVersion.toHtmlEscaped();
    if (m_status.handshake.count() >= 0)
        facts += tr("101 in %1").arg(value(durationText(m_status.handshake)));
    if (!m_status.subprotocol.isEmpty())
        facts += value(m_status.subprotocol);
    if (m_status.handshake.count() >= 0) {
        facts += tr("↓ %1 messages, %2").arg(value(countText(m_status.messagesIn)), value(sizeText(m_status.bytesIn)));
        facts += tr("↑ %1, %2").arg(value(countText(m_status.messagesOut)), value(sizeText(m_status.bytesOut)));
    }
    if (m_status.findings > 0)
        facts += colored(tr("%n finding(s)", nullptr, static_cast<int>(m_status.findings)), colors.error);
    showFacts(facts);
}

} // namespace sockeye
