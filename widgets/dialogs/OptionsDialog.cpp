#include "widgets/dialogs/OptionsDialog.h"

#include "profiles/OpeningRequest.h"
#include "widgets/dialogs/HeaderTable.h"
#include "widgets/dialogs/TlsPage.h"
#include "widgets/style/Role.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>

#include <chrono>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr QSize PreferredSize(720, 600);
constexpr int LongestTimeout = 600;

QLabel *caption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(buddy);
    return label;
}

QSpinBox *secondsBox(const QString &name, const QString &toolTip, milliseconds value, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setRange(1, LongestTimeout);
    box->setSuffix(OptionsDialog::tr(" s"));
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setValue(static_cast<int>(std::chrono::duration_cast<seconds>(value).count()));
    return box;
}

QString preview(const Endpoint &endpoint)
{
    const Result<QUrl> url = parseUrl(endpoint.url);
    if (!url)
        return OptionsDialog::tr("The request is shown here once the URL is complete.");
    HandshakeRequest request = openingRequest(url.value(), endpoint);
    request.key = OptionsDialog::tr("(made anew for each connection)").toUtf8();
    return QString::fromUtf8(composeRequest(request)).replace(u"\r\n"_s, u"\n"_s);
}

} // namespace

OptionsDialog::OptionsDialog(const Endpoint &endpoint, Prompts &prompts, QWidget *parent)
    : QDialog(parent)
    , m_endpoint(endpoint)
    , m_pages(new QTabWidget(this))
    , m_tls(new TlsPage(prompts, this))
    , m_problem(new QLabel(this))
    , m_save(new QCheckBox(this))
{
    setWindowTitle(tr("Connection options"));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    m_pages->setAccessibleName(tr("Option pages"));
    m_pages->addTab(makeRequestPage(), tr("Request"));
    m_pages->addTab(m_tls, tr("TLS"));
    m_pages->addTab(makeConnectionPage(), tr("Connection"));
    m_problem->setProperty("error", true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_save->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    setStyleRole(m_ok, "primary", true);
    m_ok->setToolTip(tr("Use these options at the next connect"));
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Leave the options as they were"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_save);
    layout->addWidget(buttons);

    m_tls->setOptions(endpoint.tls);
    m_headers->setHeaders(endpoint.headers);
    connect(m_headers, &HeaderTable::changed, this, &OptionsDialog::check);
    connect(m_subprotocols, &QLineEdit::textChanged, this, &OptionsDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

Endpoint OptionsDialog::endpoint() const
{
    Endpoint endpoint = m_endpoint;
    endpoint.headers = m_headers->headers();
    endpoint.subprotocols.clear();
    const QStringList names = m_subprotocols->text().split(u',', Qt::SkipEmptyParts);
    for (const QString &name : names)
        endpoint.subprotocols += name.trimmed();
    endpoint.tls = m_tls->options();
    endpoint.proxy = m_proxy->text().trimmed();
    endpoint.timeouts.connect = seconds(m_connectTimeout->value());
    endpoint.timeouts.close = seconds(m_closeTimeout->value());
    return endpoint;
}

void OptionsDialog::offerProfile(const QString &name)
{
    m_save->setText(tr("Keep in the profile “%1” too").arg(name));
    m_save->setToolTip(tr("Write the options to the profile's file"));
    m_save->setChecked(true);
    m_save->show();
}

bool OptionsDialog::saveToProfile() const
{
    return m_save->isVisibleTo(this) && m_save->isChecked();
}

QString OptionsDialog::previewText() const
{
    return m_preview->toPlainText();
}

QWidget *OptionsDialog::makeRequestPage()
{
    auto *page = new QWidget(this);
    m_headers = new HeaderTable(page);
    m_subprotocols = new QLineEdit(m_endpoint.subprotocols.join(u", "_s), page);
    m_subprotocols->setAccessibleName(tr("Subprotocols"));
    m_subprotocols->setToolTip(tr("Offered to the server in this order, separated by commas"));
    m_subprotocols->setPlaceholderText(tr("None; e.g. graphql-transport-ws, mqtt"));
    m_preview = new QPlainTextEdit(page);
    m_preview->setAccessibleName(tr("Request preview"));
    m_preview->setToolTip(tr("The request as it will go on the wire"));
    m_preview->setReadOnly(true);
    m_preview->setFont(theme::dataFont());
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setTabChangesFocus(true);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, theme::Gap * 2, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(caption(tr("Headers"), m_headers->findChild<QWidget *>(), page));
    layout->addWidget(m_headers, 3);
    layout->addWidget(caption(tr("Subprotocols"), m_subprotocols, page));
    layout->addWidget(m_subprotocols);
    layout->addWidget(caption(tr("Request as it will be sent"), m_preview, page));
    layout->addWidget(m_preview, 2);
    return page;
}

QWidget *OptionsDialog::makeConnectionPage()
{
    auto *page = new QWidget(this);
    m_proxy = new QLineEdit(m_endpoint.proxy, page);
    m_proxy->setAccessibleName(tr("Proxy"));
    m_proxy->setToolTip(tr("Empty for the system's choice, “none”, or http:// or socks5:// with host and port"));
    m_proxy->setPlaceholderText(tr("The system's choice; or none, http://host:port, socks5://host:port"));
    m_connectTimeout = secondsBox(tr("Connect timeout"), tr("From dialling to the server's complete reply"),
                                  m_endpoint.timeouts.connect, page);
    m_closeTimeout = secondsBox(tr("Close timeout"), tr("How long our close waits for the server's"),
                                m_endpoint.timeouts.close, page);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, theme::Gap * 2, 0, 0);
    form->setVerticalSpacing(theme::Gap * 2);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->addRow(tr("Proxy"), m_proxy);
    form->addRow(tr("Connect timeout"), m_connectTimeout);
    form->addRow(tr("Close timeout"), m_closeTimeout);
    return page;
}

void OptionsDialog::check()
{
    const Endpoint edited = endpoint();
    Result<> checked = checkHeaders(enabledHeaders(edited));
    if (checked)
        checked = checkSubprotocols(edited.subprotocols);
    m_problem->setText(checked.message());
    m_problem->setVisible(!checked.ok());
    m_ok->setEnabled(checked.ok());
    // What cannot be sent has no preview: composing it would show an injected line as if it were fine.
    m_preview->setPlainText(checked ? preview(edited) : QString());
}

} // namespace sockeye
