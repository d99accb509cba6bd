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

/// Payload bytes shown; all are sent.
constexpr qsizetype MaxShown = 4 * 1024;
constexpr int MinPreview = 230;
constexpr qsizetype MaxHistory = 100;

} // namespace

RawFramePage::RawFramePage(QWidget *parent)
    : QWidget(parent)
    , m_edit(new RawFrameEdit(this))
    , m_title(new QLabel(this))
    , m_bytes(new QTextEdit(this))
    , m_rules(new QScrollArea(this))
    , m_findings(new FindingList(this))
    , m_fine(new QLabel(tr("✓ No rule is broken by this frame alone."), this))
{
    setAccessibleName(tr("Raw frame"));
    m_title->setProperty("heading", true);
    m_bytes->setReadOnly(true);
    m_bytes->setTabChangesFocus(true);
    m_bytes->setFont(theme::dataFont());
    m_bytes->setAccessibleName(tr("Bytes to send"));
    m_bytes->setToolTip(tr("Exactly what goes on the wire, the header told apart by its colour"));
    m_bytes->setMinimumSize(MinPreview, 48);
    // On a page of its own it needs no line below.
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
    connect(&m_pause, &QTimer::timeout, this, &RawFramePage::judge);
    connect(m_edit, &RawFrameEdit::changed, this, &RawFramePage::judgeSoon);
    connect(m_edit->payloadEdit(), &MessageEdit::sendRequested, this, &RawFramePage::sendRequested);
    connect(m_edit->payloadEdit(), &MessageEdit::historyRequested, this, &RawFramePage::recall);
    connect(m_edit->payloadEdit(), &MessageEdit::pasteRefused, this, &RawFramePage::pasteRefused);
    judge();
}

void RawFramePage::setDeflate(bool agreed)
{
    if (agreed == m_deflate)
        return;
    m_deflate = agreed;
    judge();
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

void RawFramePage::settle()
{
    if (m_pause.isActive())
        judge();
}

void RawFramePage::remember()
{
    const auto frame = m_edit->frame();
    if (!frame)
        return;
    m_history.removeAll(frame.value());
    m_history.append(frame.value());
    if (m_history.size() > MaxHistory)
        m_history.removeFirst();
    m_place = m_history.size();
}

void RawFramePage::recall(int step)
{
    const qsizetype place = m_place + step;
    const auto frame = m_edit->frame();
    // A draft that is no frame yet could not be brought back.
    if (place < 0 || place > m_history.size() || (m_place == m_history.size() && !frame))
        return;
    if (m_place == m_history.size())
        m_draft = frame.value();
    m_edit->setFrame(place == m_history.size() ? m_draft : m_history[place]);
    m_edit->payloadEdit()->moveCursor(QTextCursor::End);
    m_place = place;
}

void RawFramePage::judgeSoon()
{
    m_place = m_history.size();
    if (m_edit->payloadEdit()->isLong())
        m_pause.start();
    else
        judge();
}

void RawFramePage::judge()
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
    m_broken = findings.size();
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
    QWidget::changeEvent(event);
    // The colours stand in the text.
    if (event->type() == QEvent::PaletteChange)
        judge();
}

} // namespace sockeye
