#include "widgets/tab/ConnectionHelp.h"

#include "base/Units.h"
#include "connection/Session.h"
#include "secrets/SecretMasker.h"
#include "tls/CertificateFacts.h"
#include "tls/PublicKeyFacts.h"
#include "widgets/controls/Banner.h"
#include "widgets/dialogs/CertificateDialog.h"

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

ConnectionHelp::ConnectionHelp(Banner &banner, Prompts &prompts, QWidget *tab)
    : QObject(tab)
    , m_banner(banner)
    , m_prompts(prompts)
    , m_tab(tab)
{
}

void ConnectionHelp::follow(const SessionStatus &status)
{
    if (status.state == SessionStatus::State::Open)
        m_banner.withdrawOffer();
    if (status.state != SessionStatus::State::Closed && status.state != SessionStatus::State::Waiting)
        return;
    if (isCertificateRefused(status)) {
        m_banner.showOffer(Banner::Kind::Failure,
                           tr("The server's certificate was refused. %1").arg(status.tls.errors.join(u' ')),
                           {tr("Show certificate…"), tr("Look at the certificate, and perhaps trust it"),
                            [this, tls = status.tls] { showCertificate(tls); }});
    } else if (canBeLenient(status)) {
        m_banner.showOffer(
            Banner::Kind::Failure,
            tr("%1 What comes after can be studied all the same.").arg(maskSecretsInText(status.endText)),
            {tr("Connect leniently"), tr("Connect again and go on all the same, to study what the server does"),
             [this] { Q_EMIT lenientRequested(); }});
    }
}

void ConnectionHelp::offerReopening(bool wasOpen)
{
    if (wasOpen)
        offerConnecting(Banner::Kind::Information, tr("This connection was open when Sockeye was closed."));
}

void ConnectionHelp::offerReopening(const ConnectionRecord &last, qint64 entries, bool wasOpen)
{
    if (last.hasEnded()) {
        offerReopening(wasOpen);
        return;
    }
    offerConnecting(Banner::Kind::Warning,
                    (entries == 1
                         ? tr("Sockeye ended unexpectedly while it recorded this connection. %1 entry was kept.")
                         : tr("Sockeye ended unexpectedly while it recorded this connection. %1 entries were kept."))
                        .arg(countText(entries)));
}

void ConnectionHelp::offerConnecting(Banner::Kind kind, const QString &message)
{
    m_banner.showOffer(kind, message,
                       {tr("Connect again"),
                        tr("Connect to the URL, and record into a new capture; what is shown stays under Recent"),
                        [this] { Q_EMIT connectRequested(); }});
}

void ConnectionHelp::showCertificate(const TlsFacts &tls)
{
    auto *dialog = new CertificateDialog(tls, m_tab);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setPrompts(m_prompts);
    dialog->setTrustOffered(!m_pinnedKeys ||
                            isAllowedByPins(certificateFacts(tls.chainPem).value(0).pin, m_pinnedKeys()));
    if (m_profileName)
        dialog->offerProfile(*m_profileName);
    connect(dialog, &CertificateDialog::trusted, this,
            [this, dialog](const QString &fingerprint) { Q_EMIT trusted(fingerprint, dialog->saveToProfile()); });
    dialog->open();
}

} // namespace sockeye
