#pragma once

#include "widgets/options/FieldBinder.h"
#include "widgets/options/OptionsPage.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockeye {

class OptionsForm;
class SecretField;
struct ProxyChoice;

/// The options' page about the way to the server: through which proxy, and to which address.
class ProxyPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit ProxyPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    void addProxy();
    void addAddress();
    [[nodiscard]] ProxyChoice choice() const;

    OptionsForm *m_form;
    /// All but the proxy, which has several widgets for its one field.
    FieldBinder m_fields;
    QComboBox *m_kind = nullptr;
    QLineEdit *m_host = nullptr;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_user = nullptr;
    SecretField *m_password = nullptr;
};

} // namespace sockeye
