#pragma once

#include "record/ConnectionRecord.h"
#include "tls/CertificateFacts.h"
#include "widgets/inspector/ScrolledPage.h"

class QLabel;

namespace sockeye {

class FactList;
class WrappedLabel;
class InspectorContext;

/// What TLS agreed on, and the peer's certificates with their expiry, each to be viewed and saved.
class TlsFactsPage final : public ScrolledPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("TLS"); }

    explicit TlsFactsPage(InspectorContext &context, QWidget *parent = nullptr);
    ~TlsFactsPage() override;

    void showConnection(const ConnectionDetails &details) override;

private:
    void showErrors();
    void showChain(const QList<CertificateFacts> &chain);
    void addCertificate(int index, const CertificateFacts &certificate);
    void view(int index);
    void save(const CertificateFacts &certificate);

    InspectorContext &m_context;
    TlsFacts m_tls;
    FactList *m_facts;
    WrappedLabel *m_errors;
    QLabel *m_chainTitle;
    QVBoxLayout *m_chain;
};

} // namespace sockeye
