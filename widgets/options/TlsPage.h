#pragma once

#include "widgets/options/OptionsPage.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

class OptionsForm;
class PathField;
class Prompts;
class SecretField;

/// The options' page about TLS: whom to trust beside the system's authorities, who we are, and what is offered.
class TlsPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit TlsPage(Prompts &prompts, QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint) override;

private:
    void addTrust();
    void addCertificates(Prompts &prompts);
    void addNegotiation();
    [[nodiscard]] PathField *addFile(const QString &label, const QString &name, const QString &filter,
                                     const QString &note, Prompts &prompts);
    void setFingerprint(const QString &fingerprint);
    void checkFile(PathField *field);

    OptionsForm *m_form;
    PathField *m_ca = nullptr;
    QWidget *m_trust = nullptr;
    QLabel *m_trusted = nullptr;
    QPushButton *m_forget = nullptr;
    PathField *m_certificate = nullptr;
    PathField *m_key = nullptr;
    SecretField *m_passphrase = nullptr;
    QComboBox *m_version = nullptr;
    QLineEdit *m_serverName = nullptr;
    QLineEdit *m_alpn = nullptr;
    QString m_fingerprint;
};

} // namespace sockeye
