#pragma once

#include "tls/CertificateFacts.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace sockeye {

/// "Example CA": how a certificate is called in a list; its common name, or what else it has.
[[nodiscard]] QString certificateTitle(const CertificateFacts &certificate);
/// "expired 3 days ago", "valid for 45 more days", "valid in 2 hours": how its dates stand at that moment.
[[nodiscard]] QString validityText(const CertificateFacts &certificate, const QDateTime &now);
/// Whether its dates take in that moment.
[[nodiscard]] bool isValidAt(const CertificateFacts &certificate, const QDateTime &now);
/// "AB:CD:…": a fingerprint for reading, 16 bytes a line.
[[nodiscard]] QString fingerprintText(const QString &sha256);

/// What one certificate says, in lines that can be selected and copied.
class CertificateDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit CertificateDetails(QWidget *parent = nullptr);

    void showCertificate(const CertificateFacts &certificate);

private:
    QLabel *addRow(QFormLayout *form, const QString &name);

    QLabel *m_subject;
    QLabel *m_issuer;
    QLabel *m_names;
    QLabel *m_validity;
    QLabel *m_standing;
    QLabel *m_serial;
    QLabel *m_key;
    QLabel *m_pin;
    QLabel *m_fingerprint;
};

} // namespace sockeye
