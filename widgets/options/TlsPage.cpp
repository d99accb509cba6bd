#include "widgets/options/TlsPage.h"

#include "widgets/dialogs/CertificateDetails.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/controls/PathField.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// PKCS#12 holds certificate and key in one.
bool isPkcs12(const QString &path)
{
    return path.endsWith(u".p12", Qt::CaseInsensitive) || path.endsWith(u".pfx", Qt::CaseInsensitive);
}

QString problemOfServerName(const QString &name)
{
    if (name.isEmpty())
        return {};
    QUrl url;
    url.setHost(name, QUrl::StrictMode);
    const bool isAddress = name.contains(u':') || std::all_of(name.begin(), name.end(), [](QChar c) {
                               return c == u'.' || (c >= u'0' && c <= u'9');
                           });
    if (isAddress)
        return TlsPage::tr("“%1” is an address. TLS asks for names only, as in example.com.").arg(name);
    if (url.host().isEmpty())
        return TlsPage::tr("“%1” is not the name of a host. Write one like example.com.").arg(name);
    return {};
}

QString problemOfProtocols(const QStringList &protocols)
{
    constexpr qsizetype Longest = 255;
    for (const QString &protocol : protocols) {
        if (protocol.toUtf8().size() > Longest)
            return TlsPage::tr("An application protocol has 255 bytes at most (RFC 7301 section 3.1).");
        if (protocol.contains(u' '))
            return TlsPage::tr("“%1” has a space. Separate the protocols by commas.").arg(protocol);
    }
    return {};
}

} // namespace

TlsPage::TlsPage(Prompts &prompts, QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    m_form->addHeading(tr("The server"));
    m_form->addNote(tr("The server's certificate and name are always checked for wss:// connections."));
    m_ca = addFile(tr("Extra &authority"), tr("Extra certificate authority"),
                   tr("PEM files (*.pem *.crt *.cer);;All files (*)"),
                   tr("Trusted for this connection beside the system's, e.g. a company's or a test's own."), prompts);
    addTrust();
    addCertificates(prompts);
    addNegotiation();
    for (PathField *field : {m_ca, m_certificate, m_key})
        connect(field, &PathField::pathChanged, this, &TlsPage::changed);
    for (QLineEdit *edit : {m_serverName, m_alpn})
        connect(edit, &QLineEdit::textChanged, this, &TlsPage::changed);
    connect(m_passphrase, &SecretField::changed, this, &TlsPage::changed);
    connect(m_version, &QComboBox::currentIndexChanged, this, &TlsPage::changed);
}

void TlsPage::addTrust()
{
    m_trust = new QWidget(this);
    m_trusted = new QLabel(m_trust);
    m_trusted->setAccessibleName(tr("Trusted certificate"));
    m_trusted->setToolTip(tr("SHA-256 of the one certificate that is taken, whatever is wrong with it"));
    m_trusted->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_trusted->setWordWrap(true);
    m_forget = new QPushButton(tr("For&get"), m_trust);
    m_forget->setAutoDefault(false);
    describe(m_forget, tr("Forget the trusted certificate"), tr("Check the server's certificate again as any other"));
    auto *layout = new QHBoxLayout(m_trust);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_trusted, 1);
    layout->addWidget(m_forget, 0, Qt::AlignTop);
    m_form->addRow(tr("Trusted certificate"), m_trust);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        setFingerprint({});
        m_ca->setFocus();
        Q_EMIT changed();
    });
}

void TlsPage::addCertificates(Prompts &prompts)
{
    m_form->addHeading(tr("Who we are"));
    m_certificate = addFile(tr("Client &certificate"), tr("Client certificate"),
                            tr("Certificates (*.pem *.crt *.cer *.p12 *.pfx);;All files (*)"),
                            tr("PEM or PKCS#12. Shown to servers that ask who is connecting."), prompts);
    m_key = addFile(tr("Client &key"), tr("Client key"), tr("PEM files (*.pem *.key);;All files (*)"),
                    tr("The private key of the certificate, unless its file holds the key too."), prompts);
    m_passphrase = new SecretField(tr("Passphrase"), tr("Of the key or of the PKCS#12 file"), this);
    m_form->addRow(tr("&Passphrase"), m_passphrase);
}

void TlsPage::addNegotiation()
{
    m_form->addHeading(tr("What is offered"));
    m_version = new QComboBox(this);
    m_version->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_version->addItem(tr("The system's choice"), static_cast<int>(TlsVersion::Default));
    m_version->addItem(u"TLS 1.3"_s, static_cast<int>(TlsVersion::Tls13));
    m_version->addItem(u"TLS 1.2"_s, static_cast<int>(TlsVersion::Tls12));
    m_version->addItem(tr("TLS 1.1 (broken, for old devices)"), static_cast<int>(TlsVersion::Tls11));
    m_version->addItem(tr("TLS 1.0 (broken, for old devices)"), static_cast<int>(TlsVersion::Tls10));
    describe(m_version, tr("Minimum version"), tr("The oldest version of TLS that is spoken"));
    m_form->addRow(tr("&Minimum version"), m_version);
    m_serverName = new QLineEdit(this);
    m_serverName->setPlaceholderText(tr("The URL's host"));
    describe(m_serverName, tr("Server name"),
             tr("The name that is asked for (SNI), and that the certificate must have"));
    m_form->addRow(tr("Server &name (SNI)"), m_serverName);
    m_alpn = new QLineEdit(this);
    m_alpn->setPlaceholderText(u"http/1.1"_s);
    describe(m_alpn, tr("Application protocols"), tr("Offered in this order (ALPN), separated by commas"));
    m_form->addRow(tr("App&lication protocols"), m_alpn);
}

PathField *TlsPage::addFile(const QString &label, const QString &name, const QString &filter, const QString &note,
                            Prompts &prompts)
{
    auto *field = new PathField(PathField::Mode::Open, name, prompts, this);
    field->setRequest(name, filter, {});
    field->setPlaceholder(tr("None"));
    m_form->addRow(label, field, note);
    return field;
}

void TlsPage::load(const Endpoint &endpoint)
{
    const TlsOptions &tls = endpoint.tls;
    m_ca->setPath(tls.caFile);
    m_certificate->setPath(tls.certificateFile);
    m_key->setPath(tls.keyFile);
    m_passphrase->setText(tls.passphrase);
    m_version->setCurrentIndex(std::max(0, m_version->findData(static_cast<int>(tls.minimumVersion))));
    m_serverName->setText(tls.serverName);
    m_alpn->setText(tls.alpn.join(u", "_s));
    setFingerprint(tls.trustedFingerprint);
    Q_EMIT changed();
}

void TlsPage::store(Endpoint &endpoint) const
{
    TlsOptions &tls = endpoint.tls;
    tls.caFile = m_ca->path();
    tls.certificateFile = m_certificate->path();
    tls.keyFile = m_key->path();
    tls.passphrase = m_passphrase->text();
    tls.minimumVersion = static_cast<TlsVersion>(m_version->currentData().toInt());
    tls.serverName = m_serverName->text().trimmed();
    tls.alpn = listFromText(m_alpn->text());
    tls.trustedFingerprint = m_fingerprint;
}

bool TlsPage::check(const Endpoint &endpoint)
{
    for (PathField *field : {m_ca, m_certificate, m_key})
        checkFile(field);
    const TlsOptions &tls = endpoint.tls;
    if (!tls.keyFile.isEmpty() && tls.certificateFile.isEmpty()) {
        m_form->setProblem(m_key, tr("A key says nothing without its certificate. Choose the client certificate too."));
    } else if (!tls.keyFile.isEmpty() && isPkcs12(tls.certificateFile)) {
        m_form->setProblem(m_key, tr("The PKCS#12 file holds the key: this file is not read."),
                           OptionsForm::Weight::Warning);
    }
    m_form->setProblem(m_serverName, problemOfServerName(tls.serverName));
    m_form->setProblem(m_alpn, problemOfProtocols(tls.alpn));
    return m_form->isValid();
}

void TlsPage::setFingerprint(const QString &fingerprint)
{
    m_fingerprint = fingerprint;
    const bool any = !fingerprint.isEmpty();
    m_trusted->setFont(any ? theme::dataFont() : font());
    m_trusted->setText(any ? fingerprintText(fingerprint)
                           : tr("None. When a certificate was refused, you can look at it and trust it."));
    m_forget->setVisible(any);
}

void TlsPage::checkFile(PathField *field)
{
    // Not an error: the file may be on a disk that is not there today.
    const bool missing = !field->path().isEmpty() && !QFileInfo(field->path()).isFile();
    m_form->setProblem(field, missing ? tr("There is no such file now.") : QString(), OptionsForm::Weight::Warning);
}

} // namespace sockeye
