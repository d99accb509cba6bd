#include "widgets/options/ProxyPage.h"

#include "endpoint/InvisibleCharacters.h"
#include "endpoint/InvisibleCheck.h"
#include "endpoint/ProxyChoice.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int HighestPort = 65'535;

} // namespace

ProxyPage::ProxyPage(QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
    , m_fields(*this, *m_form)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addProxy();
    addAddress();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProxyPage::changed);
    for (QLineEdit *edit : {m_host, m_user})
        connect(edit, &QLineEdit::textChanged, this, &ProxyPage::changed);
    connect(m_port, &QSpinBox::valueChanged, this, &ProxyPage::changed);
    connect(m_password, &SecretField::changed, this, &ProxyPage::changed);
}

void ProxyPage::addProxy()
{
    using Kind = ProxyChoice::Kind;
    m_form->addHeading(tr("Proxy"));
    m_kind = new QComboBox(this);
    m_kind->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_kind->addItem(tr("The system's choice"), static_cast<int>(Kind::System));
    m_kind->addItem(tr("None"), static_cast<int>(Kind::None));
    m_kind->addItem(tr("HTTP CONNECT"), static_cast<int>(Kind::Http));
    m_kind->addItem(tr("SOCKS5"), static_cast<int>(Kind::Socks5));
    describe(m_kind, tr("Proxy kind"), tr("Through which proxy to connect"));
    m_form->addRow(tr("&Kind"), m_kind);
    m_host = new QLineEdit(this);
    m_host->setPlaceholderText(u"proxy.example.com"_s);
    describe(m_host, tr("Proxy host"), tr("The proxy's name or address"));
    m_form->addRow(tr("&Host"), m_host);
    m_port = new QSpinBox(this);
    m_port->setRange(0, HighestPort);
    m_port->setSpecialValueText(tr("Usual"));
    setFieldWidth(m_port);
    describe(m_port, tr("Proxy port"), tr("The proxy's port; 0 for the usual one, 8080 for HTTP and 1080 for SOCKS5"));
    m_form->addRow(tr("Po&rt"), m_port);
    m_user = new QLineEdit(this);
    m_user->setPlaceholderText(tr("None"));
    describe(m_user, tr("Proxy user"), tr("Who logs in at the proxy"));
    m_form->addRow(tr("&User"), m_user);
    m_password = new SecretField(tr("Proxy password"), tr("The user's password at the proxy"), this);
    m_form->addRow(tr("Pass&word"), m_password);
    m_form->addRow(QString(),
                   m_fields.addSwitch(fieldOf(&Endpoint::basicAtOnce), tr("&Send passwords unasked"),
                                      tr("Send user and password by Basic before they are asked for, though they can be "
                                         "read on the way: to HTTP proxies and ws:// addresses")));
}

void ProxyPage::addAddress()
{
    m_form->addHeading(tr("Address"));
    QLineEdit *address =
        m_fields.addText(fieldOf(&Endpoint::connectTo), tr("Host and port to dial instead of the URL's"));
    address->setPlaceholderText(tr("Where the URL points to; or e.g. 192.0.2.7:8443"));
    m_form->addRow(tr("Connect &to"), address,
                   tr("Host and port to dial instead, while the request's Host and the TLS name stay the URL's."));
    QComboBox *ip = m_fields.addChoice(fieldOf(&Endpoint::ipPreference), tr("Which addresses of a name are dialled"));
    ip->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_form->addRow(tr("A&ddresses"), ip);
    m_form->addNote(tr("A Unix domain socket is a URL of its own: ws+unix:///path/to.sock:/resource"));
}

void ProxyPage::load(const Endpoint &endpoint)
{
    const ProxyChoice proxy = proxyFromText(endpoint.proxy);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(proxy.kind)));
    m_host->setText(proxy.host);
    m_port->setValue(proxy.port);
    m_user->setText(proxy.user);
    m_password->setText(proxy.password);
    m_fields.load(endpoint);
    Q_EMIT changed();
}

void ProxyPage::store(Endpoint &endpoint) const
{
    endpoint.proxy = textOf(choice());
    m_fields.store(endpoint);
}

bool ProxyPage::check(const Endpoint &endpoint, const QList<EndpointProblem> &problems)
{
    const ProxyChoice proxy = choice();
    const bool used = proxy.hasAddress();
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port),
                           static_cast<QWidget *>(m_user), static_cast<QWidget *>(m_password)})
        m_form->setRowEnabled(field, used);
    m_form->setProblem(m_host, used ? problemOfProxyHost(proxy.host) : QString());
    // What is written into the endpoint is percent-encoded, which hides what cannot be seen.
    const bool isLookedAt = used && !endpoint.sendInvisible;
    const QString ofUser = isLookedAt ? problemOfInvisible(tr("The user"), proxy.user) : QString();
    m_form->setProblem(m_user, !used || !ofUser.isEmpty() ? ofUser : problemOfProxyUser(proxy));
    m_form->setProblem(m_password, isLookedAt ? problemOfInvisible(tr("The password"), proxy.password) : QString());
    m_fields.showProblems(problems);
    return m_form->isValid();
}

ProxyChoice ProxyPage::choice() const
{
    ProxyChoice proxy;
    proxy.kind = static_cast<ProxyChoice::Kind>(m_kind->currentData().toInt());
    if (!proxy.hasAddress())
        return proxy;
    proxy.host = withoutBlanks(m_host->text()).toString();
    proxy.port = m_port->value();
    proxy.user = m_user->text();
    proxy.password = m_password->text();
    return proxy;
}

} // namespace sockeye
