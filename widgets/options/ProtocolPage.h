#pragma once

#include "widgets/options/FieldBinder.h"
#include "widgets/options/OptionsPage.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace sockeye {

class OptionsForm;

/// The options' page about what goes on the wire: compression, answers to control frames, limits, redirects.
class ProtocolPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit ProtocolPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    void addCompression();
    void addControl();
    void addLimits();
    [[nodiscard]] QWidget *addWindow(const QString &label, const EndpointField &field, const QString &toolTip);
    /// When a control frame is answered, and after which delay; the delay's widget.
    [[nodiscard]] QWidget *addAnswer(const QString &label, const EndpointField &when, const EndpointField &delay,
                                     const QString &toolTip);
    void addPayload();
    void setPayload(const QByteArray &payload);
    [[nodiscard]] QByteArray payload() const;

    OptionsForm *m_form;
    FieldBinder m_fields;
    /// What has no effect without compression.
    QList<QWidget *> m_ofCompression;
    QWidget *m_pongDelay = nullptr;
    QWidget *m_payloadRow = nullptr;
    QComboBox *m_payloadKind = nullptr;
    QLineEdit *m_payload = nullptr;
    QWidget *m_closeDelay = nullptr;
    QLabel *m_warning = nullptr;
};

} // namespace sockeye
