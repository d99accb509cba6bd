// What a ConnectionTab asks and offers: its options, and what can be done when a connection failed.
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/dialogs/CertificateDialog.h"
#include "widgets/options/OptionsDialog.h"

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

bool isCertificateRefused(const SessionStatus &status)
{
    return status.endKind == EndKind::ConnectFailed && !status.tls.errors.isEmpty();
}

/// The peer switched protocols, and a check of its reply failed.
bool canBeLenient(const SessionStatus &status)
{
    constexpr int SwitchingProtocols = 101;
    return status.endKind == EndKind::HandshakeFailed && status.httpStatus == SwitchingProtocols;
}

} // namespace

void ConnectionTab::showOptions()
{
    if (m_isFile)
        return;
    auto *dialog = new OptionsDialog(endpoint(), m_services.prompts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_profileId.isEmpty())
        dialog->offerProfile(m_profileName);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QString url = m_address->url();
        m_endpoint = dialog->endpoint();
        m_endpoint.url = url;
        if (dialog->saveToProfile())
            Q_EMIT saveToProfileRequested();
        if (isActive())
            Q_EMIT statusText(tr("The options are used at the next connect."));
        Q_EMIT changed();
    });
    dialog->open();
}

void ConnectionTab::connectLeniently()
{
    if (m_isFile)
        return;
    // From the banner, which goes away: the keyboard must not end up anywhere.
    m_address->focusUrl();
    Session::Options options;
    options.lenient = true;
    connectWith(options);
}

void ConnectionTab::connectAgainNow()
{
    if (isWaiting())
        m_recording->session().retryNow();
}

void ConnectionTab::offerHelp(const SessionStatus &status)
{
    if (status.state == SessionStatus::State::Open)
        m_banner->withdrawOffer();
    if (status.state != SessionStatus::State::Closed && status.state != SessionStatus::State::Waiting)
        return;
    if (isCertificateRefused(status)) {
        m_banner->showOffer(tr("The server's certificate was refused. %1").arg(status.tls.errors.join(u' ')),
                            {tr("Show certificate…"), tr("Look at the certificate, and perhaps trust it"),
                             [this, tls = status.tls] { showCertificate(tls); }});
    } else if (canBeLenient(status)) {
        m_banner->showOffer(tr("%1 What comes after can be studied all the same.").arg(status.endText),
                            {tr("Connect leniently"),
                             tr("Connect again and go on all the same, to study what the server does"),
                             [this] { connectLeniently(); }});
    }
}

void ConnectionTab::showCertificate(const TlsFacts &tls)
{
    auto *dialog = new CertificateDialog(tls, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setPrompts(m_services.prompts);
    dialog->setTrustOffered(true);
    if (!m_profileId.isEmpty())
        dialog->offerProfile(m_profileName);
    connect(dialog, &CertificateDialog::trusted, this, [this, dialog](const QString &fingerprint) {
        m_endpoint.tls.trustedFingerprint = fingerprint;
        if (dialog->saveToProfile())
            Q_EMIT saveToProfileRequested();
        m_address->focusUrl();
        connectWith({});
    });
    dialog->open();
}

} // namespace sockeye
