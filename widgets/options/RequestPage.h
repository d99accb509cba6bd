#pragma once

#include "widgets/options/OptionsPage.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace sockeye {

class HeaderTable;

/// The options' page about the opening request: its headers and subprotocols, and how it will look on the wire.
class RequestPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit RequestPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

    /// The request's head as it will be sent; empty while it cannot be.
    [[nodiscard]] QString previewText() const;

private:
    [[nodiscard]] QLabel *addCaption(const QString &text, QWidget *buddy);
    [[nodiscard]] QLabel *addProblem();

    HeaderTable *m_headers;
    QLabel *m_headerProblem = nullptr;
    QLineEdit *m_subprotocols;
    QLabel *m_subprotocolProblem = nullptr;
    QCheckBox *m_sendInvisible;
    QPlainTextEdit *m_preview;
};

} // namespace sockeye
