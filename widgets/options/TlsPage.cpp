#include "widgets/options/TlsPage.h"

#include "widgets/controls/PathField.h"
#include "widgets/dialogs/CertificateDetails.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// PKCS#12 holds certificate and key in one.
bool isPkcs12(const QString &path)
{
    return path.endsWith(u".p12", Qt::CaseInsensitive) || path.endsWith(u".pfx", Qt::CaseInsensitive);
}

/// The system's choice, then the newest first.
QList<qint64> versionOrder()
{
    QList<qint64> order{static_cast<qint64>(TlsVersion::Default)};
    for (auto version = static_cast<qint64>(TlsVersion::Tls13); version > order.constFirst(); --version)
        order += version;
    return order;
}

} // namespace

TlsPage::TlsPage(Prompts &prompts, QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
    , m_fields(*this, *m_form)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    m_form->addHeading(tr("The server"));
    m_form->addNote(tr("The server's certificate and name are always checked for wss:// connections."));
    m_ca =
        addFile(tr("Extra &authority"), fieldOf(&Endpoint::tls, &TlsOptions::caFile),
                tr("Certificates (*.pem *.crt *.cer *.der *.p7b *.p7c);;All files (*)"),
                tr("Trusted for this connection beside the system's: an authority's certificate, an intermediate's or "
                   "the server's own."),
                prompts);
    addPins();
    addTrust();
    addCertificates(prompts);
    addNegotiation();
}

void TlsPage::addPins()
{
    QLineEdit *pins = m_fields.addTextList(fieldOf(&Endpoint::tls, &TlsOptions::pinnedKeys),
                                           tr("SHA-256 of the server's public key, as sha256//BASE64 or in hex; "
                                              "several are separated by commas. Any other server is refused, "
                                              "whatever else is right with it"));
    pins->setPlaceholderText(tr("Any key"));
    m_form->addRow(tr("P&inned keys"), pins,
                   tr("A restriction: a server with another key is refused, be it valid or not."));
}

void TlsPage::addTrust()
{
    m_trust = new QWidget(this);
    m_trusted = new QLabel(m_trust);
    m_trusted->setAccessibleName(tr("Trusted certificate"));
    m_trusted->setToolTip(tr("An exception: SHA-256 of the one certificate that is taken, whatever is wrong with it"));
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
    m_fields.add(
        fieldOf(&Endpoint::tls, &TlsOptions::trustedFingerprint), m_trust, [this] { return FieldValue(m_fingerprint); },
        [this](const FieldValue &value) { setFingerprint(std::get<QString>(value)); });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        setFingerprint({});
        m_ca->setFocus();
        Q_EMIT changed();
    });
}

void TlsPage::addCertificates(Prompts &prompts)
{
    m_form->addHeading(tr("Who we are"));
    m_certificate = addFile(tr("Client &certificate"), fieldOf(&Endpoint::tls, &TlsOptions::certificateFile),
                            tr("Certificates (*.pem *.crt *.cer *.der *.p7b *.p12 *.pfx);;All files (*)"),
                            tr("PEM, DER or PKCS#12. Shown to servers that ask who is connecting."), prompts);
    m_key = addFile(tr("Client &key"), fieldOf(&Endpoint::tls, &TlsOptions::keyFile),
                    tr("Keys (*.pem *.key *.der *.p8 *.pk8);;All files (*)"),
                    tr("The private key of the certificate, unless its file holds the key too."), prompts);
    m_form->addRow(tr("&Passphrase"), m_fields.addSecret(fieldOf(&Endpoint::tls, &TlsOptions::passphrase),
                                                         tr("Of the key or of the PKCS#12 file")));
}

void TlsPage::addNegotiation()
{
    m_form->addHeading(tr("What is offered"));
    QComboBox *version = m_fields.addChoice(fieldOf(&Endpoint::tls, &TlsOptions::minimumVersion),
                                            tr("The oldest version of TLS that is spoken"), versionOrder());
    version->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_form->addRow(tr("&Minimum version"), version);
    QLineEdit *serverName =
        m_fields.addText(fieldOf(&Endpoint::tls, &TlsOptions::serverName),
                         tr("The name that is asked for (SNI), and that the certificate must have"));
    serverName->setPlaceholderText(tr("The URL's host"));
    m_form->addRow(tr("Server &name (SNI)"), serverName);
    QLineEdit *protocols = m_fields.addTextList(fieldOf(&Endpoint::tls, &TlsOptions::alpn),
                                                tr("Offered in this order (ALPN), separated by commas"));
    protocols->setPlaceholderText(u"http/1.1"_s);
    m_form->addRow(tr("App&lication protocols"), protocols);
}

PathField *TlsPage::addFile(const QString &label, const EndpointField &field, const QString &filter,
                            const QString &note, Prompts &prompts)
{
    auto *path = new PathField(PathField::Mode::Open, field.name(), prompts, this);
    path->setRequest(field.name(), filter, {});
    path->setPlaceholder(tr("None"));
    m_form->addRow(label, path, note);
    m_fields.add(
        field, path, [path] { return FieldValue(path->path()); },
        [path](const FieldValue &value) { path->setPath(std::get<QString>(value)); });
    connect(path, &PathField::pathChanged, this, &TlsPage::changed);
    return path;
}

void TlsPage::load(const Endpoint &endpoint)
{
    m_fields.load(endpoint);
    Q_EMIT changed();
}

void TlsPage::store(Endpoint &endpoint) const
{
    m_fields.store(endpoint);
}

bool TlsPage::check(const Endpoint &endpoint, const QList<EndpointProblem> &problems)
{
    m_fields.showProblems(problems);
    warnOfMissing(m_ca);
    warnOfMissing(m_certificate);
    const TlsOptions &tls = endpoint.tls;
    if (!tls.keyFile.isEmpty() && isPkcs12(tls.certificateFile)) {
        m_form->setProblem(m_key, tr("The PKCS#12 file holds the key: this file is not read."),
                           OptionsForm::Weight::Warning);
    } else if (problemOf(problems, fieldOf(&Endpoint::tls, &TlsOptions::keyFile)).isEmpty()) {
        warnOfMissing(m_key);
    }
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

void TlsPage::warnOfMissing(PathField *field)
{
    // Not an error: the file may be on a disk that is not there today.
    if (!field->path().isEmpty() && !QFileInfo(field->path()).isFile())
        m_form->setProblem(field, tr("There is no such file now."), OptionsForm::Weight::Warning);
}

} // namespace sockeye
