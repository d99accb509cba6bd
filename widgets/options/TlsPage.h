#pragma once

#include "widgets/options/FieldBinder.h"
#include "widgets/options/OptionsPage.h"

class QLabel;
class QPushButton;

namespace sockeye {

class OptionsForm;
class PathField;
class Prompts;

/// The options' page about TLS: whom to trust beside the system's authorities, who we are, and what is offered.
class TlsPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit TlsPage(Prompts &prompts, QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    void addPins();
    void addTrust();
    void addCertificates(Prompts &prompts);
    void addNegotiation();
    [[nodiscard]] PathField *addFile(const QString &label, const EndpointField &field, const QString &filter,
                                     const QString &note, Prompts &prompts);
    void setFingerprint(const QString &fingerprint);
    void warnOfMissing(PathField *field);

    OptionsForm *m_form;
    FieldBinder m_fields;
    PathField *m_ca = nullptr;
    QWidget *m_trust = nullptr;
    QLabel *m_trusted = nullptr;
    QPushButton *m_forget = nullptr;
    PathField *m_certificate = nullptr;
    PathField *m_key = nullptr;
    QString m_fingerprint;
};

} // namespace sockeye
