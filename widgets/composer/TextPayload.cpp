#include "widgets/composer/TextPayload.h"

#include "base/Units.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/MessageHighlighter.h"
#include "widgets/composer/SendOptions.h"
#include "widgets/controls/LineEnding.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QVBoxLayout>

#include <utility>

namespace sockeye {

TextPayload::TextPayload(QWidget *parent)
    : PayloadPage(parent)
    , m_edit(new MessageEdit(this))
    , m_highlighter(new MessageHighlighter(m_edit->document()))
{
    buildEditor();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit);
    m_pause.setSingleShot(true);
    m_pause.setInterval(MessageEdit::Pause);
    connect(&m_pause, &QTimer::timeout, this, &TextPayload::changed);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &TextPayload::takeTyping);
    connect(m_edit, &MessageEdit::sendRequested, this, &TextPayload::sendRequested);
    connect(m_edit, &MessageEdit::historyRequested, this, &TextPayload::recall);
    connect(m_edit, &MessageEdit::pasteRefused, this, [this](qsizetype characters) {
        Q_EMIT failed(
            tr("%1 characters are too many to edit here, or stand in too many lines. Put them in a file and send "
               "that (File).")
                .arg(countText(characters)));
    });
}

TextPayload::~TextPayload() = default;

void TextPayload::buildEditor()
{
    m_edit->setAccessibleName(tr("Message to send"));
    m_edit->setToolTip({});
    m_edit->setPlaceholderText(tr("Write a message. Ctrl+Return sends it, Alt+Up brings back the last one."));
    m_edit->setFont(theme::dataFont());
    m_edit->setProperty("flat", true);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->document()->setDocumentMargin(theme::Gap / 2);
    m_highlighter->setColors(theme::colors(palette()));
}

void TextPayload::setForm(PayloadType form)
{
    const PayloadType before = std::exchange(m_form, form);
    m_highlighter->setJson(form == PayloadType::Json);
    // Text and JSON are the same text; only what is required of it differs.
    if (before == form || (isSentAsText(before) && isSentAsText(form)))
        return;
    const auto bytes = payloadBytes(before == PayloadType::Json ? PayloadType::Text : before, m_edit->text());
    if (!bytes)
        return;
    if (const auto text = payloadText(form, bytes.value()))
        m_edit->setText(*text);
}

PayloadCheck TextPayload::check(const SendOptions &options)
{
    m_pause.stop();
    const QString text = m_edit->text();
    const Result<QByteArray> bytes = payloadBytes(m_form, text);
    const Result<> sendable = bytes ? options.check(isSentAsText(m_form), bytes.value()) : Result<>(bytes.error());
    PayloadCheck check;
    check.isValid = sendable.ok();
    if (sendable)
        check.info = infoText(options.summary(bytes.value().size()), text);
    // An empty JSON text is unfinished rather than wrong: it cannot be sent, but nothing is said in red.
    if (bytes || !m_edit->document()->isEmpty())
        check.problem = sendable.message();
    return check;
}

QString TextPayload::infoText(const QString &summary, const QString &text) const
{
    // Line endings are part of what is sent as text only.
    const QString endings = isSentAsText(m_form) ? LineEndingCounts::of(text).description() : QString();
    return endings.isEmpty() ? summary : tr("%1 · %2").arg(summary, endings);
}

void TextPayload::send()
{
    const Result<QByteArray> bytes = payloadBytes(m_form, m_edit->text());
    if (!bytes)
        return;
    m_history.remember(draft());
    Q_EMIT ready({isSentAsText(m_form) ? Opcode::Text : Opcode::Binary, bytes.value()});
}

void TextPayload::focusPayload()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void TextPayload::takeTyping()
{
    m_history.edited();
    if (m_edit->isLong())
        m_pause.start();
    else
        Q_EMIT changed();
}

TextPayload::Draft TextPayload::draft() const
{
    return {m_form, m_edit->text()};
}

void TextPayload::recall(int step)
{
    m_history.recall(step, draft(), [this](const Draft &recalled) {
        // The form comes first: changing it rewrites what stands in the editor.
        Q_EMIT formRecalled(recalled.form);
        m_edit->setText(recalled.text);
        m_edit->moveCursor(QTextCursor::End);
    });
}

void TextPayload::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setColors(theme::colors(palette()));
    PayloadPage::changeEvent(event);
}

} // namespace sockeye
