#pragma once

#include "widgets/options/OptionsPage.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockeye {

class OptionsForm;
class SecondsBox;
class SizeField;

/// The options' page about what goes on the wire: compression, answers to control frames, limits, redirects.
class ProtocolPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit ProtocolPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint) override;

private:
    /// When a control frame is answered.
    struct AnswerFields
    {
        QWidget *row = nullptr;
        QComboBox *when = nullptr;
        SecondsBox *delay = nullptr;
    };

    void addCompression();
    void addControl();
    void addLimits();
    [[nodiscard]] QSpinBox *addWindow(const QString &label, const QString &name, const QString &toolTip);
    [[nodiscard]] AnswerFields addAnswer(const QString &label, const QString &name, const QString &toolTip);
    void setPayload(const QByteArray &payload);
    [[nodiscard]] QByteArray payload() const;
    [[nodiscard]] QString problemOfPayload() const;

    OptionsForm *m_form;
    QCheckBox *m_deflate = nullptr;
    QCheckBox *m_serverTakeover = nullptr;
    QCheckBox *m_clientTakeover = nullptr;
    QSpinBox *m_serverWindow = nullptr;
    QSpinBox *m_clientWindow = nullptr;
    AnswerFields m_pong;
    QWidget *m_payloadRow = nullptr;
    QComboBox *m_payloadKind = nullptr;
    QLineEdit *m_payload = nullptr;
    AnswerFields m_close;
    QLabel *m_warning = nullptr;
    SizeField *m_message = nullptr;
    SizeField *m_head = nullptr;
    QSpinBox *m_lines = nullptr;
    QSpinBox *m_redirects = nullptr;
};

} // namespace sockeye
