#pragma once

#include "profiles/Endpoint.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace sockeye {

class HeaderTable;
class Prompts;
class TlsPage;

/// The options of one connection: the request it opens with (and how that will look on the wire), TLS, proxy and
/// timeouts.
class OptionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Edits a copy; endpoint() has it once accepted. The prompts outlive the dialog.
    OptionsDialog(const Endpoint &endpoint, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] Endpoint endpoint() const;
    /// Offers to keep the options in the profile of this name too.
    void offerProfile(const QString &name);
    [[nodiscard]] bool saveToProfile() const;
    /// The request head as it will be sent.
    [[nodiscard]] QString previewText() const;

private:
    [[nodiscard]] QWidget *makeRequestPage();
    [[nodiscard]] QWidget *makeConnectionPage();
    void check();

    Endpoint m_endpoint;
    QTabWidget *m_pages;
    HeaderTable *m_headers = nullptr;
    QLineEdit *m_subprotocols = nullptr;
    QPlainTextEdit *m_preview = nullptr;
    TlsPage *m_tls;
    QLineEdit *m_proxy = nullptr;
    QSpinBox *m_connectTimeout = nullptr;
    QSpinBox *m_closeTimeout = nullptr;
    QLabel *m_problem;
    QCheckBox *m_save;
    QPushButton *m_ok = nullptr;
};

} // namespace sockeye
