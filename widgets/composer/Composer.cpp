#include "widgets/composer/Composer.h"

#include "base/Bytes.h"
#include "widgets/composer/ComposerStrip.h"
#include "widgets/composer/FilePayload.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/RawFramePage.h"
#include "widgets/composer/SendOptions.h"
#include "widgets/composer/TextPayload.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace sockeye {
namespace {

QString localFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    // A capture is for the window to open.
    if (urls.size() != 1 || !urls.first().isLocalFile() || urls.first().fileName().endsWith(u".sockeye"))
        return {};
    return urls.first().toLocalFile();
}

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
{
    setAcceptDrops(true);
    build();
    connect(m_strip, &ComposerStrip::typeChanged, this, &Composer::changeType);
    connect(m_strip, &ComposerStrip::optionsToggled, this, &Composer::showOptions);
    connect(m_strip, &ComposerStrip::invisiblesToggled, m_text->editor(), &MessageEdit::setShowsInvisibles);
    connect(m_strip, &ComposerStrip::sendClicked, this, &Composer::send);
    connect(m_options, &SendOptions::changed, this, &Composer::check);
    connect(m_text, &TextPayload::formRecalled, this, &Composer::setPayloadType);
    connect(m_text->editor(), &QPlainTextEdit::textChanged, this, &Composer::draftChanged);
    connect(m_file, &FilePayload::changed, this, &Composer::draftChanged);
    connect(m_strip, &ComposerStrip::typeChanged, this, &Composer::draftChanged);
    m_text->editor()->installEventFilter(this);
    m_text->editor()->viewport()->installEventFilter(this);
    // Not from within the change: a click that brings the focus is to be over before anything moves.
    connect(qApp, &QApplication::focusChanged, this, &Composer::updateFold, Qt::QueuedConnection);
    setCanSend(false, tr("Not connected"));
    check();
}

Composer::~Composer() = default;

void Composer::build()
{
    auto *panel = new QFrame(this);
    panel->setProperty("panel", true);
    m_strip = new ComposerStrip(panel);
    m_options = new SendOptions(panel);
    m_options->hide();
    m_pages = new QStackedWidget(panel);
    m_text = new TextPayload(m_pages);
    m_file = new FilePayload(m_pages);
    m_raw = new RawFramePage(m_pages);
    for (PayloadPage *page : std::initializer_list<PayloadPage *>{m_text, m_file, m_raw})
        addPage(page);
    showPage();
    m_problem = new QLabel(panel);
    m_problem->setProperty("error", true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(theme::Gap, 0, theme::Gap, theme::Gap / 2);
    m_problem->hide();

    m_inside = new QBoxLayout(QBoxLayout::TopToBottom, panel);
    m_inside->setContentsMargins(1, 1, 1, 1);
    m_inside->setSpacing(0);
    m_inside->addWidget(m_strip);
    m_inside->addWidget(m_options);
    m_inside->addWidget(m_pages, 1);
    m_inside->addWidget(m_problem);
    auto *outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    outside->addWidget(panel);
    // Hidden pages are passed over.
    QWidget::setTabOrder(m_raw->lastField(), m_strip->sendButton());
}

void Composer::addPage(PayloadPage *page)
{
    m_pages->addWidget(page);
    connect(page, &PayloadPage::changed, this, &Composer::check);
    connect(page, &PayloadPage::sendRequested, this, &Composer::send);
    connect(page, &PayloadPage::ready, this, &Composer::deliver);
    connect(page, &PayloadPage::failed, this, &Composer::showProblem);
}

PayloadPage *Composer::page() const
{
    switch (m_type) {
    case PayloadType::File:
        return m_file;
    case PayloadType::Raw:
        return m_raw;
    case PayloadType::Text:
    case PayloadType::Json:
    case PayloadType::Hex:
    case PayloadType::Base64:
        break;
    }
    return m_text;
}

void Composer::changeType(PayloadType type)
{
    if (type == m_type)
        return;
    m_type = type;
    if (page() == m_text)
        m_text->setForm(type);
    showPage();
    showOptions();
    updateFold();
    check();
}

void Composer::showPage()
{
    PayloadPage *current = page();
    // Only the page that is shown determines how much room is needed.
    for (int i = 0; i < m_pages->count(); ++i) {
        QWidget *widget = m_pages->widget(i);
        const auto policy = widget == current ? QSizePolicy::Expanding : QSizePolicy::Ignored;
        widget->setSizePolicy(policy, policy);
    }
    m_pages->setCurrentWidget(current);
    m_pages->updateGeometry();
}

void Composer::showOptions()
{
    const bool offered = page()->takesOptions();
    m_options->setVisible(offered && m_strip->wantsOptions() && !m_isFolded);
    m_strip->setOptionsOffered(offered);
    m_strip->setInvisiblesOffered(page() == m_text);
}

void Composer::check()
{
    m_check = page()->check(*m_options);
    m_strip->setInfo(m_check.info, m_check.breaksRule);
    showProblem(m_check.problem);
    updateSend();
}

void Composer::showProblem(const QString &message)
{
    m_problem->setText(message);
    m_problem->setVisible(!message.isEmpty() && !m_isFolded);
}

void Composer::setFolding(bool folding)
{
    m_folding = folding;
    updateFold();
}

void Composer::updateFold()
{
    const QWidget *focus = QApplication::focusWidget();
    // While another window is active, nothing here changes.
    if (m_folding && !focus && m_isFolded)
        return;
    const bool hasFocus = focus && isAncestorOf(focus);
    m_isFocusUnused = m_isFocusUnused && hasFocus;
    const bool fold = m_folding && page() == m_text && (!hasFocus || m_isFocusUnused);
    if (std::exchange(m_isFolded, fold) == fold)
        return;
    m_strip->setFolded(fold);
    // From the right: Send stands behind the line.
    m_inside->setDirection(fold ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
    m_pages->setMinimumHeight(fold ? 1 : 0);
    setMaximumHeight(fold ? m_strip->sizeHint().height() + 2 : QWIDGETSIZE_MAX);
    showOptions();
    m_problem->setVisible(!m_problem->text().isEmpty() && !fold);
    Q_EMIT foldChanged(fold);
}

void Composer::updateSend()
{
    QString toolTip = tr("Send this message (Ctrl+Return)");
    if (!m_canSend)
        toolTip = plainToolTip(m_whyNot);
    else if (!m_check.isValid)
        toolTip = plainToolTip(m_problem->text());
    else if (m_check.breaksRule)
        toolTip = tr("Send these bytes although they break a rule (Ctrl+Return)");
    m_strip->setSend(m_canSend && m_check.isValid && !m_check.isBusy, toolTip);
}

void Composer::send()
{
    check();
    if (m_strip->sendButton()->isEnabled())
        page()->send();
}

void Composer::deliver(const Outgoing &payload)
{
    if (payload.kind == Outgoing::Kind::Raw) {
        Q_EMIT sendRequested(payload);
        return;
    }
    const bool isText = payload.opcode == Opcode::Text;
    // The page has checked the bytes for the message that it offers. The options may make something else of them.
    const Result<> sendable = m_options->kind() == SendOptions::Kind::Message
                                  ? m_options->checkSize(payload.payload.size())
                                  : m_options->check(isText, payload.payload);
    if (!sendable)
        showProblem(sendable.message());
    else if (m_options->kind() == SendOptions::Kind::Close)
        Q_EMIT closeRequested(m_options->closeCode(), textFromUtf8(payload.payload));
    else
        Q_EMIT sendRequested(m_options->outgoing(isText, payload.payload));
}

void Composer::setCanSend(bool canSend, const QString &reason)
{
    m_canSend = canSend;
    m_whyNot = reason;
    updateSend();
}

void Composer::setDeflate(bool agreed)
{
    if (m_options->deflate() == agreed)
        return;
    m_options->setDeflate(agreed);
    m_raw->setDeflate(agreed);
}

void Composer::showError(const QString &message)
{
    showProblem(message);
}

Composer::PayloadType Composer::payloadType() const
{
    return m_type;
}

void Composer::setPayloadType(PayloadType type)
{
    m_strip->setType(type);
}

void Composer::setPrompts(Prompts &prompts)
{
    m_file->setPrompts(prompts);
}

QPlainTextEdit *Composer::editor() const
{
    return m_text->editor();
}

void Composer::focusEditor()
{
    const QWidget *focus = QApplication::focusWidget();
    m_isFocusUnused = m_isFocusUnused || !(focus && isAncestorOf(focus));
    page()->focusPayload();
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    const bool isUse = event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress;
    // What is pressed is to arrive before anything moves.
    if (isUse && std::exchange(m_isFocusUnused, false))
        QMetaObject::invokeMethod(this, &Composer::updateFold, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

ComposerDraft Composer::draft() const
{
    return {m_type, m_text->form(), m_text->editor()->text(), m_file->path()};
}

void Composer::setDraft(const ComposerDraft &draft)
{
    setPayloadType(draft.written);
    m_text->editor()->setText(draft.text);
    m_file->setPath(draft.file);
    setPayloadType(draft.type);
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
    m_file->setPath(path);
    event->acceptProposedAction();
}

} // namespace sockeye
