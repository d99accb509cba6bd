#include "widgets/composer/Composer.h"

#include "base/Units.h"
#include "widgets/composer/FilePayload.h"
#include "widgets/composer/JsonHighlighter.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/Payload.h"
#include "widgets/composer/SegmentedControl.h"
#include "widgets/style/Theme.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sockeye {
namespace {

/// From this many characters on, the text is judged when typing pauses.
constexpr int LongText = 50'000;
constexpr auto Pause = 200ms;
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

class Composer::Private final : public QObject
{
public:
    struct Draft
    {
        PayloadType type = PayloadType::Text;
        QString text;
        friend bool operator==(const Draft &, const Draft &) = default;
    };

    explicit Private(Composer *composer);

    void build();
    void changeType(PayloadType type);
    void judge();
    void judgeSoon();
    void judgeFile();
    void showProblem(const QString &message);
    void updateSend();
    void recall(int step);
    void remember();

    Composer *q;
    SegmentedControl *m_types = nullptr;
    QLabel *m_info = nullptr;
    QPushButton *m_send = nullptr;
    QStackedWidget *m_pages = nullptr;
    MessageEdit *m_edit = nullptr;
    JsonHighlighter *m_highlighter = nullptr;
    FilePayload *m_file = nullptr;
    QLabel *m_problem = nullptr;
    QTimer m_pause;
    PayloadType m_type = PayloadType::Text;
    QList<Draft> m_history;
    /// Where in the history the editor is; its size for the draft below the newest.
    qsizetype m_place = 0;
    Draft m_draft;
    bool m_valid = true;
    bool m_canSend = false;
    QString m_whyNot;
};

Composer::Private::Private(Composer *composer)
    : q(composer)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &Private::judge);
}

void Composer::Private::build()
{
    m_types = new SegmentedControl(q);
    m_types->setAccessibleName(Composer::tr("Payload type"));
    m_types->addSegment(int(PayloadType::Text), Composer::tr("Text"), Composer::tr("Text payload"),
                        Composer::tr("Send a text message as typed"));
    m_types->addSegment(int(PayloadType::Json), Composer::tr("JSON"), Composer::tr("JSON payload"),
                        Composer::tr("Send a text message that must be valid JSON"));
    m_types->addSegment(int(PayloadType::Hex), Composer::tr("Hex"), Composer::tr("Hex payload"),
                        Composer::tr("Send a binary message written in hex digits"));
    m_types->addSegment(int(PayloadType::Base64), Composer::tr("Base64"), Composer::tr("Base64 payload"),
                        Composer::tr("Send a binary message written in Base64"));
    m_types->addSegment(int(PayloadType::File), Composer::tr("File"), Composer::tr("File payload"),
                        Composer::tr("Send the content of a file"));
    m_types->finish();

    m_info = new QLabel(q);
    m_info->setProperty("dim", true);
    m_send = new QPushButton(Composer::tr("Send  Ctrl+↵"), q);
    m_send->setAccessibleName(Composer::tr("Send"));
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);

    m_edit = new MessageEdit(q);
    m_edit->setAccessibleName(Composer::tr("Message to send"));
    m_edit->setToolTip({});
    m_edit->setPlaceholderText(Composer::tr("Write a message. Ctrl+Return sends it, Alt+Up brings back the last one."));
    m_edit->setFont(theme::dataFont());
    m_edit->setProperty("flat", true);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->document()->setDocumentMargin(theme::Gap / 2);
    m_highlighter = new JsonHighlighter(m_edit->document());
    m_highlighter->setColors(theme::colors(q->palette()));
    m_file = new FilePayload(q);
    m_pages = new QStackedWidget(q);
    m_pages->addWidget(m_edit);
    m_pages->addWidget(m_file);
    m_problem = new QLabel(q);
    m_problem->setProperty("error", true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(theme::Gap, 0, theme::Gap, theme::Gap / 2);
    m_problem->hide();

    auto *panel = new QFrame(q);
    panel->setProperty("panel", true);
    auto *strip = new QWidget(panel);
    strip->setProperty("strip", u"top"_s);
    strip->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(theme::Gap - 2, theme::Gap - 2, theme::Gap - 2, theme::Gap - 2);
    row->setSpacing(theme::Gap);
    row->addWidget(m_types);
    row->addStretch(1);
    row->addWidget(m_info);
    row->addWidget(m_send);
    auto *inside = new QVBoxLayout(panel);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    inside->addWidget(strip);
    inside->addWidget(m_pages, 1);
    inside->addWidget(m_problem);
    auto *outside = new QVBoxLayout(q);
    outside->setContentsMargins(0, 0, 0, 0);
    outside->addWidget(panel);
    QWidget::setTabOrder(m_types, m_edit);
    QWidget::setTabOrder(m_edit, m_send);
}

void Composer::Private::changeType(PayloadType type)
{
    if (type == m_type)
        return;
    const PayloadType old = std::exchange(m_type, type);
    const bool file = type == PayloadType::File;
    if (!file && old != PayloadType::File && isSentAsText(old) != isSentAsText(type)) {
        if (const auto bytes = payloadBytes(old == PayloadType::Json ? PayloadType::Text : old, m_edit->text())) {
            if (const auto text = payloadText(type, bytes.value()))
                m_edit->setPlainText(*text);
        }
    } else if (type == PayloadType::Hex || type == PayloadType::Base64) {
        if (const auto bytes = payloadBytes(old, m_edit->text()); bytes && !isSentAsText(old))
            m_edit->setPlainText(payloadText(type, bytes.value()).value_or(m_edit->text()));
    }
    m_pages->setCurrentWidget(file ? static_cast<QWidget *>(m_file) : m_edit);
    m_highlighter->setEnabled(type == PayloadType::Json);
    judge();
}

void Composer::Private::judgeSoon()
{
    m_place = m_history.size();
    if (m_edit->document()->characterCount() > LongText)
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
    const Result<QByteArray> bytes = payloadBytes(m_type, m_edit->text());
    m_valid = bytes.ok();
    m_info->setText(m_valid ? Composer::tr("%1 · 1 frame").arg(sizeText(bytes.value().size())) : QString());
    // An empty JSON is unfinished, not wrong: Send stays off, and nothing is said in red.
    showProblem(m_edit->document()->isEmpty() ? QString() : bytes.message());
    updateSend();
}

void Composer::Private::judgeFile()
{
    const Result<qint64> size = m_file->check();
    m_valid = size.ok();
    if (m_file->isLoading())
        m_info->setText(Composer::tr("Reading the file…"));
    else
        m_info->setText(m_valid ? Composer::tr("%1 · 1 frame").arg(sizeText(size.value())) : QString());
    showProblem(m_file->path().isEmpty() ? QString() : size.message());
    updateSend();
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
        m_send->setToolTip(m_whyNot);
    else
        m_send->setToolTip(m_valid ? Composer::tr("Send this message (Ctrl+Return)") : m_problem->text());
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
    connect(m_d->m_file, &FilePayload::loaded, this, &Composer::sendRequested);
    connect(m_d->m_file, &FilePayload::failed, this, &Composer::showError);
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
    m_d->m_pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void Composer::send()
{
    m_d->judge();
    if (!m_d->m_send->isEnabled())
        return;
    if (m_d->m_type == PayloadType::File) {
        m_d->m_file->load();
        return;
    }
    const Result<QByteArray> bytes = payloadBytes(m_d->m_type, m_d->m_edit->text());
    if (!bytes)
        return;
    m_d->remember();
    Q_EMIT sendRequested({isSentAsText(m_d->m_type) ? Opcode::Text : Opcode::Binary, bytes.value()});
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
