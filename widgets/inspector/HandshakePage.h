#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace sockeye {

class FactList;
class WrappedLabel;
class HeadSection;
class InspectorContext;
class ProxySection;

/// The opening handshake of a connection: of one that was refused first what the reply says and what to do about it,
/// then its address and timings, what a proxy was asked before it, the checks of the reply, and both heads byte for
/// byte with each line explained.
class HandshakePage final : public ScrolledPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Handshake"); }

    explicit HandshakePage(InspectorContext &context, QWidget *parent = nullptr);
    ~HandshakePage() override;

    void showConnection(const ConnectionDetails &details) override;

private:
    void showRefusal();
    void showFacts();
    void showChecks();
    void showOffer();
    void addCheck(const HandshakeCheck &check);
    void showAccept();
    void showHeads();

    const InspectorContext &m_context;
    ConnectionRecord m_record;
    WrappedLabel *m_refusal;
    WrappedLabel *m_advice;
    FactList *m_facts;
    ProxySection *m_proxy;
    QLabel *m_checksTitle;
    QGridLayout *m_checks;
    QPushButton *m_lenient;
    FactList *m_accept;
    HeadSection *m_request;
    HeadSection *m_reply;
    HeadSection *m_body;
};

} // namespace sockeye
