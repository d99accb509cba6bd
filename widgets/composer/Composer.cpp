#include "widgets/composer/Composer.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "widgets/composer/ComposerPrivate.h"
#include "widgets/composer/FilePayload.h"
#include "widgets/composer/JsonHighlighter.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/Payload.h"
#include "widgets/composer/RawFramePage.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/composer/SendOptions.h"
#include "widgets/controls/Role.h"
#include "widgets/style/Theme.h"
#include "widgets/controls/ToolTip.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr qsizetype MaxHistory = 100;

QString localFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    // A capture is for the window to open.
    if (urls.size() != 1 || !urls.first().isLocalFile() || urls.first().fileName().endsWith(u".sockeye"))
        return {};
    return urls.first().toLocalFile();
}

} // namespace

Composer::Private::Private(Composer *composer)
    : q(composer)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(MessageEdit::Pause);
    connect(&m_pause, &QTimer::timeout, this, &Private::judge);
}

void Composer::Private::changeType(PayloadType type)
{
    if (type == m_type)
        return;
    m_type = type;
    if (type != PayloadType::File && type != PayloadType::Raw)
        convert(std::exchange(m_written, type), type);
    showPage(type == PayloadType::File  ? static_cast<QWidget *>(m_file)
             : type == PayloadType::Raw ? static_cast<QWidget *>(m_raw)
                                        : m_edit);
    showOptions(m_showOptions->isChecked());
    m_highlighter->setEnabled(type == PayloadType::Json);
    judge();
}

void Composer::Private::convert(PayloadType from, PayloadType to)
{
    // Between two forms of text nothing changes but what is asked of it.
    if (from == to || (isSentAsText(from) && isSentAsText(to)))
        return;
    const auto bytes = payloadBytes(from == PayloadType::Json ? PayloadType::Text : from, m_edit->text());
    if (!bytes)
        return;
    if (const auto text = payloadText(to, bytes.value()))
        m_edit->setPlainText(*text);
}

void Composer::Private::judgeSoon()
{
    m_place = m_history.size();
    if (m_edit->isLong())
        m_pause.start();
    else
        judge();
}

void Composer::Private::judge()
{
    m_pause.stop();
    if (m_type == PayloadType::File) {
        judgeFile();
        return;
    }
    if (m_type == PayloadType::Raw) {
        judgeRaw();
        return;
    }
    const Result<QByteArray> bytes = payloadBytes(m_type, m_edit->text());
    const Result<> sendable = bytes ? m_options->check(asText(), bytes.value()) : Result<>(bytes.error());
    m_valid = sendable.ok();
    showInfo(m_valid ? m_options->summary(bytes.value().size()) : QString());
    // An empty JSON is unfinished, not wrong: Send stays off, and nothing is said in red.
    showProblem(!bytes && m_edit->document()->isEmpty() ? QString() : sendable.message());
    updateSend();
}

void Composer::Private::judgeFile()
{
    const Result<qint64> size = m_file->check();
    const Result<> sendable = size ? m_options->checkSize(size.value()) : Result<>(size.error());
    m_valid = sendable.ok();
    if (m_file->isLoading())
        showInfo(Composer::tr("Reading the file…"));
    else
        showInfo(m_valid ? m_options->summary(size.value()) : QString());
    showProblem(m_file->path().isEmpty() ? QString() : sendable.message());
    updateSend();
}

void Composer::Private::judgeRaw()
{
    m_raw->settle();
    const Result<QByteArray> bytes = m_raw->bytes();
    m_valid = bytes.ok();
    showInfo(m_raw->ruleCount() == 0   ? m_raw->summary()
             : m_raw->ruleCount() == 1 ? Composer::tr("✗ breaks a rule")
                                       : Composer::tr("✗ breaks %1 rules").arg(m_raw->ruleCount()),
             m_raw->ruleCount() > 0);
    showProblem(bytes.message());
    updateSend();
}

void Composer::Private::showInfo(const QString &text, bool isWarning)
{
    m_info->setText(text);
    setStyleRole(m_info, "error", isWarning);
    setStyleRole(m_info, "dim", !isWarning);
}

void Composer::Private::showProblem(const QString &message)
{
    m_problem->setText(message);
    m_problem->setVisible(!message.isEmpty());
}

void Composer::Private::updateSend()
{
    m_send->setEnabled(m_canSend && m_valid && !(m_type == PayloadType::File && m_file->isLoading()));
    if (!m_canSend)
        m_send->setToolTip(plainToolTip(m_whyNot));
    else if (!m_valid)
        m_send->setToolTip(plainToolTip(m_problem->text()));
    else if (m_type == PayloadType::Raw && m_raw->ruleCount() > 0)
        m_send->setToolTip(Composer::tr("Send these bytes although they break a rule (Ctrl+Return)"));
    else
        m_send->setToolTip(Composer::tr("Send this message (Ctrl+Return)"));
}

void Composer::Private::send()
{
    if (m_type == PayloadType::File) {
        m_file->load();
        return;
    }
    if (m_type == PayloadType::Raw) {
        if (const Result<QByteArray> bytes = m_raw->bytes()) {
            m_raw->remember();
            Q_EMIT q->sendRequested(Outgoing::raw(bytes.value()));
        }
        return;
    }
    const Result<QByteArray> bytes = payloadBytes(m_type, m_edit->text());
    if (!bytes)
        return;
    remember();
    sendAsAsked(asText(), bytes.value());
}

void Composer::Private::sendFile(const Outgoing &file)
{
    const bool isText = file.opcode == Opcode::Text;
    // What is sent as the file's page says was checked for it in the background.
    const bool isChecked = m_options->kind() == SendOptions::Kind::Message;
    const Result<> sendable =
        isChecked ? m_options->checkSize(file.payload.size()) : m_options->check(isText, file.payload);
    if (sendable)
        sendAsAsked(isText, file.payload);
    else
        showProblem(sendable.message());
}

void Composer::Private::sendAsAsked(bool asText, const QByteArray &bytes)
{
    if (m_options->kind() == SendOptions::Kind::Close)
        Q_EMIT q->closeRequested(m_options->closeCode(), textFromUtf8(bytes));
    else
        Q_EMIT q->sendRequested(m_options->outgoing(asText, bytes));
}

void Composer::Private::recall(int step)
{
    const qsizetype place = m_place + step;
    if (place < 0 || place > m_history.size())
        return;
    if (m_place == m_history.size())
        m_draft = {m_type, m_edit->text()};
    const Draft draft = place == m_history.size() ? m_draft : m_history[place];
    // Type first: changing it converts what stands in the editor.
    q->setPayloadType(draft.type);
    m_edit->setPlainText(draft.text);
    m_edit->moveCursor(QTextCursor::End);
    m_place = place;
}

void Composer::Private::remember()
{
    const Draft draft{m_type, m_edit->text()};
    m_history.removeAll(draft);
    m_history.append(draft);
    if (m_history.size() > MaxHistory)
        m_history.removeFirst();
    m_place = m_history.size();
}

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_d(std::make_unique<Private>(this))
{
    setAcceptDrops(true);
    m_d->build();
    connect(m_d->m_types, &SegmentedControl::currentChanged, m_d.get(),
            [this](int type) { m_d->changeType(static_cast<PayloadType>(type)); });
    connect(m_d->m_edit, &QPlainTextEdit::textChanged, m_d.get(), &Private::judgeSoon);
    connect(m_d->m_edit, &MessageEdit::sendRequested, this, &Composer::send);
    connect(m_d->m_edit, &MessageEdit::historyRequested, m_d.get(), &Private::recall);
    connect(m_d->m_edit, &MessageEdit::pasteRefused, this, [this](qsizetype characters) {
        showError(tr("%1 characters are too many to edit here. Put them in a file and send that (File).")
                      .arg(countText(characters)));
    });
    connect(m_d->m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_d->m_file, &FilePayload::changed, m_d.get(), &Private::judge);
    connect(m_d->m_file, &FilePayload::loaded, m_d.get(), &Private::sendFile);
    connect(m_d->m_file, &FilePayload::failed, this, &Composer::showError);
    connect(m_d->m_raw, &RawFramePage::changed, m_d.get(), &Private::judge);
    connect(m_d->m_raw, &RawFramePage::pasteRefused, this, [this](qsizetype characters) {
        showError(tr("%1 characters are too many to edit here. A raw frame takes %2 at a time.")
                      .arg(countText(characters), countText(MessageEdit::MaxPaste)));
    });
    connect(m_d->m_raw, &RawFramePage::sendRequested, this, &Composer::send);
    connect(m_d->m_showOptions, &QPushButton::toggled, m_d.get(), &Private::showOptions);
    connect(m_d->m_options, &SendOptions::changed, m_d.get(), &Private::judge);
    connect(m_d->m_types, &SegmentedControl::currentChanged, this, &Composer::draftChanged);
    connect(m_d->m_edit, &QPlainTextEdit::textChanged, this, &Composer::draftChanged);
    connect(m_d->m_file, &FilePayload::changed, this, &Composer::draftChanged);
    setCanSend(false, tr("Not connected"));
    m_d->judge();
}

Composer::~Composer() = default;

void Composer::setCanSend(bool canSend, const QString &reason)
{
    m_d->m_canSend = canSend;
    m_d->m_whyNot = reason;
    m_d->updateSend();
}

void Composer::setDeflate(bool agreed)
{
    if (m_d->m_options->deflate() == agreed)
        return;
    m_d->m_options->setDeflate(agreed);
    m_d->m_raw->setDeflate(agreed);
}

void Composer::showError(const QString &message)
{
    m_d->showProblem(message);
}

Composer::PayloadType Composer::payloadType() const
{
    return m_d->m_type;
}

void Composer::setPayloadType(PayloadType type)
{
    m_d->m_types->setCurrent(int(type));
}

void Composer::setPrompts(Prompts &prompts)
{
    m_d->m_file->setPrompts(prompts);
}

QPlainTextEdit *Composer::editor() const
{
    return m_d->m_edit;
}

void Composer::focusEditor()
{
    if (m_d->m_type == PayloadType::Raw)
        m_d->m_raw->focusPayload();
    else
        m_d->m_pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

ComposerDraft Composer::draft() const
{
    return {m_d->m_type, m_d->m_written, m_d->m_edit->text(), m_d->m_file->path()};
}

void Composer::setDraft(const ComposerDraft &draft)
{
    setPayloadType(draft.written);
    m_d->m_edit->setPlainText(draft.text);
    m_d->m_file->setPath(draft.file);
    setPayloadType(draft.type);
}

void Composer::send()
{
    m_d->judge();
    if (m_d->m_send->isEnabled())
        m_d->send();
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier))
        send();
    else
        QWidget::keyPressEvent(event);
}

void Composer::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void Composer::dropEvent(QDropEvent *event)
{
    const QString path = localFile(event->mimeData());
    if (path.isEmpty())
        return;
    setPayloadType(PayloadType::File);
    m_d->m_file->setPath(path);
    event->acceptProposedAction();
}

void Composer::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_d->m_highlighter->setColors(theme::colors(palette()));
    QWidget::changeEvent(event);
}

} // namespace sockeye
