#pragma once

#include "endpoint/Endpoint.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

class OptionsForm;
class SecretField;

/// Asks for what a common header is made of, and shows it as it will be.
class HeaderDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Basic, Bearer, Cookie };

    explicit HeaderDialog(Kind kind, QWidget *parent = nullptr);

    [[nodiscard]] RequestHeader header() const;

private:
    void addFields();
    void check();
    void showProblem(QWidget *field, const QString &problem, const QString &text);
    /// The header as it will be sent; its secret is hidden while its field hides it.
    [[nodiscard]] QString preview() const;
    [[nodiscard]] QString problemOfName() const;
    [[nodiscard]] QString problemOfSecret() const;

    Kind m_kind;
    OptionsForm *m_form;
    /// Edits the user or the cookie's name; null for a token.
    QLineEdit *m_name = nullptr;
    SecretField *m_secret = nullptr;
    QLabel *m_preview;
    QPushButton *m_ok = nullptr;
};

} // namespace sockeye
