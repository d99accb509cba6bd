#include "widgets/tab/AddressBar.h"

#include "endpoint/InvisibleCharacters.h"
#include "endpoint/UrlText.h"
#include "secrets/SecretMasker.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/FormerUrl.h"
#include "widgets/tab/UrlNote.h"

#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace sockeye {

AddressBar::AddressBar(QWidget *parent)
    : QWidget(parent)
    , m_url(new QComboBox(this))
    , m_note(new UrlNote(this))
    , m_former(new FormerUrl(this))
    , m_reconnect(new QPushButton(tr("Reconnect"), this))
    , m_options(new QPushButton(tr("Options…"), this))
    , m_connect(new QPushButton(this))
{
    m_url->setEditable(true);
    m_url->setInsertPolicy(QComboBox::NoInsert);
    m_url->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_url->setMinimumContentsLength(20);
    m_url->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_url->setFont(theme::dataFont());
    m_url->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_url->completer()->setFilterMode(Qt::MatchContains);
    m_url->lineEdit()->setFont(theme::dataFont());
    m_url->lineEdit()->setPlaceholderText(QStringLiteral("wss://example.com/path"));
    for (QWidget *widget : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_url->lineEdit())})
        widget->setAccessibleName(tr("URL"));
    describe(m_reconnect, tr("Reconnect"),
             tr("Close the connection and connect to the URL as it stands here (F5, or Enter in the URL)"));
    m_reconnect->hide();
    m_options->setAccessibleName(tr("Options"));
    m_options->setToolTip(
        tr("Headers, TLS, proxy, compression, timeouts and reconnecting of this connection (Alt+Return)"));
    m_connect->setProperty("primary", true);

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap);
    row->addWidget(m_url, 1);
    // Right behind the URL: what stands at the end of the row does not move under the pointer.
    row->addWidget(m_reconnect);
    row->addWidget(m_options);
    row->addWidget(m_connect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_former);
    setFocusProxy(m_url);
    // The box has the focus, and hands on to its line what it is told.
    m_url->installEventFilter(this);
    m_url->lineEdit()->installEventFilter(this);

    connect(m_url->lineEdit(), &QLineEdit::textEdited, this, &AddressBar::urlEdited);
    connect(m_url, &QComboBox::textActivated, this, &AddressBar::urlEdited);
    connect(m_url, &QComboBox::editTextChanged, this, [this] {
        updateNote();
        updatePending();
    });
    connect(m_note, &UrlNote::removeRequested, this, &AddressBar::removeInvisible);
    connect(m_url->lineEdit(), &QLineEdit::returnPressed, this, &AddressBar::connectRequested);
    connect(m_reconnect, &QPushButton::clicked, this, [this] {
        // The button goes away with what it does: the keyboard must not end up anywhere.
        focusUrl();
        Q_EMIT connectRequested();
    });
    connect(m_former, &FormerUrl::backRequested, this, &AddressBar::backRequested);
    connect(m_options, &QPushButton::clicked, this, &AddressBar::optionsRequested);
    connect(m_connect, &QPushButton::clicked, this, &AddressBar::press);
    m_active = true;
    setActive(false);
    m_isPending = true;
    updatePending();
}

QString AddressBar::url() const
{
    // An exact cut: other blanks than these are named, and not removed unasked.
    return withoutBlanks(m_url->currentText()).toString();
}

void AddressBar::setUrl(const QString &url)
{
    m_url->setEditText(url);
    m_url->lineEdit()->setCursorPosition(0);
}

void AddressBar::setHistory(const QStringList &urls)
{
    const QSignalBlocker quiet(m_url);
    const QString text = m_url->currentText();
    m_url->clear();
    m_url->addItems(urls);
    m_url->setEditText(text);
}

void AddressBar::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    m_connect->setText(active ? tr("Disconnect") : tr("Connect"));
    m_connect->setAccessibleName(m_connect->text());
    m_connect->setToolTip(active ? tr("Close the connection (Shift+F5)") : tr("Connect to the URL (F5)"));
    // Connecting is what the tab is for; once connected the accent belongs to Send.
    setStyleRole(m_connect, "primary", !active);
}

void AddressBar::setLiveUrl(const QString &url)
{
    m_liveUrl = url;
    updatePending();
}

void AddressBar::offerBack(const QString &formerUrl, const QString &note)
{
    m_former->offer(formerUrl, note);
}

void AddressBar::setReadOnly(bool readOnly)
{
    m_url->lineEdit()->setReadOnly(readOnly);
    m_options->setEnabled(!readOnly);
    if (readOnly)
        m_connect->setToolTip(tr("Connect to this URL in a new tab (F5)"));
}

void AddressBar::setInvalid(bool invalid)
{
    setStyleRole(m_url, "error", invalid);
}

void AddressBar::setSendInvisible(bool send)
{
    m_sendInvisible = send;
    updateNote();
}

void AddressBar::updateNote()
{
    m_note->showUrl(url(), m_sendInvisible);
    m_url->lineEdit()->setAccessibleDescription(m_note->text());
}

void AddressBar::updatePending()
{
    const bool isPending = !m_liveUrl.isEmpty() && url() != m_liveUrl;
    if (m_isPending == isPending && !isPending)
        return;
    m_isPending = isPending;
    m_reconnect->setVisible(isPending);
    QFont font = theme::dataFont();
    font.setItalic(isPending);
    m_url->lineEdit()->setFont(font);
    const QString toolTip = isPending
                                ? tr("Connected to %1. Enter closes that and connects to what stands here, Escape "
                                     "brings it back.")
                                      .arg(maskSecretsInUrl(m_liveUrl))
                                : tr("Where to connect to: ws://, wss:// or ws+unix:// (Ctrl+L). Enter connects.");
    for (QWidget *widget : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_url->lineEdit())})
        widget->setToolTip(plainToolTip(toolTip));
    if (isPending)
        m_url->lineEdit()->setAccessibleDescription(toolTip);
    else
        updateNote();
}

void AddressBar::restoreLive()
{
    setUrl(m_liveUrl);
    m_url->lineEdit()->selectAll();
    Q_EMIT urlEdited();
}

bool AddressBar::eventFilter(QObject *object, QEvent *event)
{
    // While suggestions are open they take Escape for themselves.
    if (m_isPending && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        restoreLive();
        return true;
    }
    if (event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        // A long URL shows its beginning while nobody writes in it.
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            m_url->lineEdit()->setCursorPosition(0);
    }
    return QWidget::eventFilter(object, event);
}

void AddressBar::removeInvisible()
{
    setUrl(cleaned(url()));
    focusUrl();
    Q_EMIT urlEdited();
}

void AddressBar::focusUrl()
{
    m_url->setFocus(Qt::ShortcutFocusReason);
    m_url->lineEdit()->selectAll();
}

bool AddressBar::urlHasFocus() const
{
    return m_url->hasFocus() || m_url->lineEdit()->hasFocus();
}

void AddressBar::copyUrl() const
{
    QGuiApplication::clipboard()->setText(url());
}

void AddressBar::press()
{
    if (m_active)
        Q_EMIT disconnectRequested();
    else
        Q_EMIT connectRequested();
}

} // namespace sockeye
