#include "widgets/tab/StatusLine.h"

#include "base/Units.h"
#include "secrets/SecretMasker.h"
#include "widgets/controls/ElidedLabel.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/controls/SentenceAccessible.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/StateWords.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTextDocumentFragment>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString strong(const QString &text)
{
    return u"<b>%1</b>"_s.arg(text.toHtmlEscaped());
}

/// The countdown is read by people: ten times a second is often enough.
constexpr std::chrono::milliseconds CountdownStep{100};

QString colored(const QString &text, const QColor &color)
{
    return u"<span style='color:%1'>%2</span>"_s.arg(color.name(), text);
}

} // namespace

/// Where a label stands whose text changes all the time. It keeps the label's size hint from the window's layouts: else
/// every figure that counts up would lay the whole window out anew.
class StatusLine::CalmPlace final : public QWidget
{
public:
    CalmPlace(QLabel *label, QWidget *parent)
        : QWidget(parent)
        , m_label(label)
    {
        label->setParent(this);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    }

    /// After the label's text has changed: asks for other room only if there is too little or far too much.
    void follow()
    {
        constexpr int Slack = 48;
        const int needed = m_label->sizeHint().width();
        if (needed <= m_width && needed > m_width - Slack)
            return;
        m_width = needed + Slack / 4;
        updateGeometry();
    }

    [[nodiscard]] QSize sizeHint() const override { return {m_width, m_label->sizeHint().height()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent *) override { m_label->setGeometry(rect()); }

private:
    QLabel *m_label;
    int m_width = 0;
};

StatusLine::StatusLine(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_dot(new QLabel(this))
    , m_state(new ElidedLabel(this))
    , m_now(new QPushButton(tr("Now"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_facts(new QLabel(this))
    , m_place(new CalmPlace(m_facts, this))
    , m_rates(clock)
{
    installSentenceAccessible();
    setAccessibleName(tr("Connection status"));
    m_dot->setAccessibleName(tr("State"));
    m_facts->setTextFormat(Qt::RichText);
    m_now->setAccessibleName(tr("Connect again now"));
    m_now->setToolTip(tr("Do not wait for the next attempt"));
    m_stop->setAccessibleName(tr("Stop trying"));
    m_stop->setToolTip(tr("Do not connect again (Shift+F5)"));
    for (QPushButton *button : {m_now, m_stop}) {
        button->setAutoDefault(false);
        button->setProperty("inline", true);
        button->hide();
    }
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    // How narrow it may be, it says itself.
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    layout->addWidget(m_dot);
    layout->addSpacing(theme::Gap / 2);
    layout->addWidget(m_state);
    layout->addSpacing(theme::Gap);
    layout->addWidget(m_now);
    layout->addSpacing(theme::Gap / 2);
    layout->addWidget(m_stop);
    layout->addSpacing(theme::Gap);
    layout->addWidget(m_place, 1);
    connect(&m_pace, &Pace::due, this, &StatusLine::render);
    connect(&m_rates, &TrafficRates::faded, &m_pace, &Pace::request);
    m_countdown.setInterval(CountdownStep);
    connect(&m_countdown, &QTimer::timeout, this, &StatusLine::tick);
    connect(m_now, &QPushButton::clicked, this, &StatusLine::retryRequested);
    connect(m_stop, &QPushButton::clicked, this, &StatusLine::stopRequested);
    render();
}

void StatusLine::showStatus(const SessionStatus &status)
{
    const bool isOther = m_isCapture || status.state != m_status.state;
    m_isCapture = false;
    m_status = status;
    m_rates.take(status);
    m_pace.request();
    if (isOther)
        m_pace.flush();
}

void StatusLine::showCapture(const CaptureFacts &facts)
{
    m_isCapture = true;
    m_capture = facts;
    m_pace.cancel();
    render();
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        render();
    QWidget::changeEvent(event);
}

void StatusLine::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_pace.setResting(false);
    render();
}

void StatusLine::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_countdown.stop();
    m_pace.setResting(true);
}

void StatusLine::showState(StateSign sign, const QString &state)
{
    const ThemeColors &colors = theme::colors(palette());
    const QColor color = theme::stateColor(sign, colors);
    if (m_sign != sign || m_signColor != color.rgb()) {
        m_sign = sign;
        m_signColor = color.rgb();
        constexpr int SignSize = 16;
        m_dot->setPixmap(icons::state(sign, colors).pixmap(QSize(SignSize, SignSize), devicePixelRatioF()));
    }
    m_state->setText(state);
    m_state->setTextColor(sign == StateSign::Idle ? colors.text : color);
}

void StatusLine::showFacts(const std::function<QStringList(Detail)> &rich, const QString &toolTip)
{
    QStringList forms;
    for (const Detail detail : {Detail::Whole, Detail::NoWire, Detail::NoRates, Detail::CountsOnly}) {
        const QString line = rich(detail).join(u"&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;"_s);
        forms += line.isEmpty() ? QString() : colored(line, theme::colors(palette()).dimText);
    }
    const QStringList whole = rich(Detail::Whole);
    if (m_forms != forms) {
        m_forms = forms;
        m_facts->setAccessibleName(QTextDocumentFragment::fromHtml(whole.join(u", "_s)).toPlainText());
        fitFacts();
    }
    // Whatever has no room in the line is said there.
    const QString said = whole.isEmpty() ? QString() : m_facts->accessibleName();
    m_facts->setToolTip(plainToolTip(toolTip.isEmpty() ? said : said + u'\n' + toolTip));
    QString text = m_state->text();
    if (!whole.isEmpty())
        text += u", "_s + m_facts->accessibleName();
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleDescription(m_text);
}

/// Shows the longest form that leaves room for the state, or for its beginning if that is long itself.
void StatusLine::fitFacts()
{
    const int around = m_dot->sizeHint().width() + theme::Gap * 4;
    const int room = width() - around - std::min(m_state->sizeHint().width(), width() / 2);
    for (const QString &form : std::as_const(m_forms)) {
        if (m_facts->text() != form)
            m_facts->setText(form);
        if (m_facts->sizeHint().width() <= room)
            break;
    }
    m_place->follow();
}

/// What it says gives way to a narrow window.
QSize StatusLine::minimumSizeHint() const
{
    constexpr int Least = 120;
    return {Least, QWidget::minimumSizeHint().height()};
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitFacts();
}

namespace {

using State = SessionStatus::State;

/// "Waiting 3.2 s, attempt 2 of 10: ..."
QString waitingText(const SessionStatus &status)
{
    const double seconds = static_cast<double>(std::max(qint64(0), status.retry.remainingTime())) / 1000;
    const QString left = QLocale().toString(seconds, 'f', 1);
    return status.attempts > 0 ? StatusLine::tr("Waiting %1 s, attempt %2 of %3: %4")
                                     .arg(left)
                                     .arg(status.attempt)
                                     .arg(status.attempts)
                                     .arg(maskSecretsInText(status.endText))
                               : StatusLine::tr("Waiting %1 s, attempt %2: %3")
                                     .arg(left)
                                     .arg(status.attempt)
                                     .arg(maskSecretsInText(status.endText));
}

/// "4.1 : 1"
QString ratioText(qint64 plainBytes, qint64 wireBytes)
{
    const double ratio = static_cast<double>(plainBytes) / static_cast<double>(std::max(qint64(1), wireBytes));
    return StatusLine::tr("%1 : 1").arg(QLocale().toString(ratio, 'f', 1));
}

/// What was saved, in a sentence for the tool tip; empty without compression.
QString savingText(const SessionStatus &status)
{
    const auto direction = [](const QString &one, const QString &many, const CompressionTotals &totals) {
        return (totals.messages == 1 ? one : many)
            .arg(sizeText(totals.plainBytes), sizeText(totals.wireBytes), countText(totals.messages));
    };
    if (!status.extensions.contains(u"permessage-deflate"))
        return {};
    return status.extensions + u'\n' +
           direction(StatusLine::tr("Received: %1 as %2 on the wire, %3 compressed message"),
                     StatusLine::tr("Received: %1 as %2 on the wire, %3 compressed messages"), status.compressedIn) +
           u'\n' +
           direction(StatusLine::tr("Sent: %1 as %2 on the wire, %3 compressed message"),
                     StatusLine::tr("Sent: %1 as %2 on the wire, %3 compressed messages"), status.compressedOut);
}

} // namespace

void StatusLine::render()
{
    setWaiting(!m_isCapture && m_status.state == State::Waiting);
    if (m_isCapture) {
        renderCapture();
        return;
    }
    renderState();
    // While waiting the room is for the reason, which stands beside two buttons.
    const bool hasFacts = m_status.state != State::Idle && m_status.state != State::Waiting;
    showFacts([this, hasFacts](Detail detail) { return hasFacts ? facts(detail) : QStringList(); },
              hasFacts ? savingText(m_status) : QString());
    Q_EMIT ratesChanged();
}

void StatusLine::renderCapture()
{
    const ThemeColors &colors = theme::colors(palette());
    const auto value = [&colors](const QString &text) { return colored(strong(text), colors.text); };
    if (!m_capture.merged.isEmpty())
        showState(StateSign::Idle, tr("Merged: %1").arg(m_capture.merged));
    else
        showState(endSign(m_capture.severity), m_capture.endText.isEmpty()
                                                   ? tr("Recorded")
                                                   : tr("Recorded: %1").arg(maskSecretsInText(m_capture.endText)));
    const QString entries = m_capture.entries == 1 ? tr("%1 entry") : tr("%1 entries");
    const QStringList facts{entries.arg(value(countText(m_capture.entries))),
                            tr("%1 in the file").arg(value(sizeText(m_capture.fileSize)))};
    showFacts([&facts](Detail) { return facts; }, {});
}

void StatusLine::renderState()
{
    switch (m_status.state) {
    case State::Idle:
        showState(StateSign::Idle, StateWords::of(m_status));
        break;
    case State::Connecting:
        showState(StateSign::Busy,
                  m_status.phase.isEmpty() ? tr("Connecting…") : tr("Connecting: %1").arg(m_status.phase));
        break;
    case State::Open:
        showState(StateSign::Open, StateWords::of(m_status));
        break;
    case State::Closing:
        showState(StateSign::Busy, tr("Closing…"));
        break;
    case State::Closed:
        showState(endSign(m_status.endSeverity()),
                  tr("%1: %2").arg(StateWords::of(m_status), maskSecretsInText(m_status.endText)));
        break;
    case State::Waiting:
        showState(StateSign::Interrupted, waitingText(m_status));
        break;
    }
}

QStringList StatusLine::facts(Detail detail) const
{
    const ThemeColors &colors = theme::colors(palette());
    const auto value = [&colors](const QString &text) { return colored(strong(text), colors.text); };
    const bool isShort = detail == Detail::CountsOnly;
    QStringList facts;
    if (m_status.lenient)
        facts += colored(tr("lenient"), colors.warning);
    if (!m_status.tlsVersion.isEmpty() && !isShort)
        facts += m_status.tlsVersion.toHtmlEscaped();
    if (!m_status.tlsVersion.isEmpty() && !m_status.tls.errors.isEmpty())
        facts += colored(tr("certificate trusted by you"), colors.warning);
    if (m_status.handshake.count() >= 0 && !isShort)
        facts += tr("%1 in %2")
                     .arg(m_status.httpStatus > 0 ? m_status.httpStatus : 101)
                     .arg(value(durationText(m_status.handshake)));
    if (!m_status.subprotocol.isEmpty() && !isShort)
        facts += value(maskSecretsInSubprotocols(m_status.subprotocol));
    const bool neverOpened = m_status.endKind == EndKind::HandshakeFailed || m_status.endKind == EndKind::ConnectFailed;
    if (m_status.handshake.count() >= 0 && !neverOpened)
        facts += trafficFacts(detail);
    if (m_status.findings > 0)
        facts += colored(m_status.findings == 1 ? tr("1 finding") : tr("%1 findings").arg(countText(m_status.findings)),
                         colors.warning);
    return facts;
}

QStringList StatusLine::trafficFacts(Detail detail) const
{
    const ThemeColors &colors = theme::colors(palette());
    const auto value = [&colors](const QString &text) { return colored(strong(text), colors.text); };
    QStringList facts;
    if (m_status.extensions.contains(u"permessage-deflate") && detail != Detail::CountsOnly) {
        const CompressionTotals &in = m_status.compressedIn;
        const CompressionTotals &out = m_status.compressedOut;
        facts +=
            in.messages + out.messages > 0
                ? tr("deflate %1").arg(value(ratioText(in.plainBytes + out.plainBytes, in.wireBytes + out.wireBytes)))
                : tr("deflate");
    }
    const auto direction = [&](const QString &one, const QString &many, qint64 messages, qint64 payload, qint64 wire) {
        const QString text = (messages == 1 ? one : many).arg(value(countText(messages)), value(sizeText(payload)));
        return detail == Detail::Whole && wire != payload ? tr("%1 (%2 on the wire)").arg(text, sizeText(wire)) : text;
    };
    const auto rate = [&](const QString &text, qint64 now, qint64 peak) {
        // A peak of one says nothing.
        return peak > 1 && detail < Detail::NoRates
                   ? tr("%1, now %2/s, peak %3/s").arg(text, value(countText(now)), countText(peak))
                   : text;
    };
    facts += rate(direction(tr("in %1 message, %2"), tr("in %1 messages, %2"), m_status.messagesIn, m_status.payloadIn,
                            m_status.bytesIn),
                  m_rates.messagesIn(), m_rates.peakIn());
    facts += rate(direction(tr("out %1 message, %2"), tr("out %1 messages, %2"), m_status.messagesOut,
                            m_status.payloadOut, m_status.bytesOut),
                  m_rates.messagesOut(), m_rates.peakOut());
    if (m_status.roundTrip.count() >= 0)
        facts += tr("ping %1").arg(value(durationText(m_status.roundTrip)));
    // One is on its way most of the time: more than that is worth a word.
    if (m_status.pingsOutstanding > 1)
        facts += colored(tr("%1 pings unanswered").arg(m_status.pingsOutstanding), colors.warning);
    return facts;
}

void StatusLine::setWaiting(bool waiting)
{
    m_now->setVisible(waiting);
    m_stop->setVisible(waiting);
    if (!waiting || !isVisible())
        m_countdown.stop();
    else if (!m_countdown.isActive())
        m_countdown.start();
}

void StatusLine::tick()
{
    // Not through showFacts(): a screen reader that is told of each step would say nothing else.
    renderState();
    m_text = m_state->text();
}

} // namespace sockeye
