#include "widgets/composer/RawFramePage.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/RawFrameEdit.h"
#include "widgets/controls/FindingList.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTextEdit>

#include <algorithm>

namespace sockeye {
namespace {

/// The payload bytes that are shown; all are sent.
constexpr qsizetype MaxShown = 4 * 1024;
constexpr int MinPreview = 230;

} // namespace

RawFramePage::RawFramePage(QWidget *parent)
    : PayloadPage(parent)
    , m_edit(new RawFrameEdit(this))
    , m_title(new QLabel(this))
    , m_bytes(new QTextEdit(this))
    , m_rules(new QScrollArea(this))
    , m_findings(new FindingList(this))
    , m_fine(new QLabel(tr("✓ No rule is broken by this frame alone."), this))
{
    setAccessibleName(tr("Raw frame"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setProperty("heading", true);
    m_bytes->setReadOnly(true);
    m_bytes->setTabChangesFocus(true);
    m_bytes->setFont(theme::dataFont());
    m_bytes->setAccessibleName(tr("Bytes to send"));
    m_bytes->setToolTip(tr("Exactly what goes on the wire, the header told apart by its colour"));
    m_bytes->setMinimumSize(MinPreview, 48);
    // The list fills its page, so it needs no line below.
    m_findings->setProperty("strip", QVariant());
    m_fine->setProperty("ok", true);
    m_fine->setWordWrap(true);

    auto *rules = new QWidget(this);
    auto *rulesLayout = new QVBoxLayout(rules);
    rulesLayout->setContentsMargins({});
    rulesLayout->addWidget(m_fine);
    rulesLayout->addWidget(m_findings);
    rulesLayout->addStretch(1);
    m_rules->setAccessibleName(tr("Rules"));
    m_rules->setWidgetResizable(true);
    m_rules->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rules->setMinimumHeight(48);
    rules->setProperty("surface", true);
    m_rules->setWidget(rules);

    auto *right = new QVBoxLayout;
    right->setSpacing(4);
    right->addWidget(m_title);
    right->addWidget(m_bytes, 1);
    right->addWidget(m_rules, 1);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    columns->setSpacing(2 * theme::Gap);
    columns->addWidget(m_edit, 1);
    columns->addLayout(right, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(MessageEdit::Pause);
    connect(&m_pause, &QTimer::timeout, this, &RawFramePage::updateFrame);
    connect(m_edit, &RawFrameEdit::changed, this, &RawFramePage::takeTyping);
    // The frame's bytes are shown anew with each change.
    constexpr qsizetype MaxRawPaste = 1'000'000;
    m_edit->payloadEdit()->setMaxPaste(MaxRawPaste);
    connect(m_edit->payloadEdit(), &MessageEdit::sendRequested, this, &RawFramePage::sendRequested);
    connect(m_edit->payloadEdit(), &MessageEdit::historyRequested, this, &RawFramePage::recall);
    connect(m_edit->payloadEdit(), &MessageEdit::pasteRefused, this, [this](qsizetype characters) {
        Q_EMIT failed(tr("%1 characters are too many to edit here. A raw frame takes %2 at a time.")
                          .arg(countText(characters), countText(m_edit->payloadEdit()->maxPaste())));
    });
    updateFrame();
}

void RawFramePage::setDeflate(bool agreed)
{
    if (agreed == m_deflate)
        return;
    m_deflate = agreed;
    updateFrame();
}

Result<QByteArray> RawFramePage::bytes() const
{
    const auto frame = m_edit->frame();
    if (!frame)
        return frame.error();
    return encodeRawFrame(frame.value());
}

void RawFramePage::focusPayload()
{
    m_edit->payloadEdit()->setFocus(Qt::ShortcutFocusReason);
}

QWidget *RawFramePage::lastField() const
{
    return m_rules;
}

PayloadCheck RawFramePage::check(const SendOptions &)
{
    if (m_pause.isActive())
        updateFrame();
    const Result<QByteArray> frame = bytes();
    PayloadCheck check;
    check.isValid = frame.ok();
    check.problem = frame.message();
    check.breaksRule = m_brokenRules > 0;
    check.info = m_brokenRules == 0   ? m_summary
                 : m_brokenRules == 1 ? tr("✗ breaks a rule")
                                      : tr("✗ breaks %1 rules").arg(m_brokenRules);
    return check;
}

void RawFramePage::send()
{
    const auto frame = m_edit->frame();
    if (!frame)
        return;
    m_history.remember(frame.value());
    Q_EMIT ready(Outgoing::raw(encodeRawFrame(frame.value())));
}

void RawFramePage::recall(int step)
{
    const auto frame = m_edit->frame();
    m_history.recall(step, frame ? std::optional(frame.value()) : std::nullopt, [this](const RawFrame &recalled) {
        m_edit->setFrame(recalled);
        m_edit->payloadEdit()->moveCursor(QTextCursor::End);
    });
}

void RawFramePage::takeTyping()
{
    m_history.edited();
    if (m_edit->payloadEdit()->isLong())
        m_pause.start();
    else
        updateFrame();
}

/// Shows the frame's bytes and the rules that it breaks.
void RawFramePage::updateFrame()
{
    m_pause.stop();
    const auto frame = m_edit->frame();
    Findings findings;
    m_summary.clear();
    if (frame) {
        findings = checkRawFrame(frame.value(), m_deflate);
        showBytes(frame.value());
    } else {
        m_bytes->clear();
        m_title->setText(tr("On the wire"));
    }
    m_brokenRules = findings.size();
    m_findings->setFindings(findings);
    m_fine->setVisible(frame && findings.isEmpty());
    Q_EMIT changed();
}

void RawFramePage::showBytes(const RawFrame &frame)
{
    const QByteArray all = encodeRawFrame(frame);
    const int header = rawHeaderSize(frame);
    m_summary = tr("header %1 · payload %2").arg(sizeText(header), sizeText(all.size() - header));
    m_title->setText(tr("On the wire: %1").arg(m_summary));

    const ThemeColors &colors = theme::colors(palette());
    QTextCharFormat inHeader;
    inHeader.setBackground(colors.fields[0]);
    inHeader.setForeground(colors.text);
    QTextCharFormat inPayload;
    inPayload.setForeground(colors.text);
    QTextCharFormat beside;
    beside.setForeground(colors.dimText);
    m_bytes->clear();
    QTextCursor cursor(m_bytes->document());
    cursor.insertText(hexText(QByteArrayView(all).first(header)), inHeader);
    const QByteArrayView payload = QByteArrayView(all).sliced(header);
    if (payload.isEmpty())
        return;
    cursor.insertText(QStringLiteral("\n"), inPayload);
    cursor.insertText(hexText(payload.first(std::min(payload.size(), MaxShown))), inPayload);
    if (payload.size() > MaxShown)
        cursor.insertText(QStringLiteral("\n") + tr("… and %1 more").arg(sizeText(payload.size() - MaxShown)), beside);
}

void RawFramePage::changeEvent(QEvent *event)
{
    PayloadPage::changeEvent(event);
    // The text of the bytes holds its colours.
    if (event->type() == QEvent::PaletteChange)
        updateFrame();
}

} // namespace sockeye
