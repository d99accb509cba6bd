#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QLabel;

namespace sockeye {

class FactList;
class WrappedLabel;
class InspectorContext;

/// How a connection ended: who ended it, the close frames of both sides, what was lost, and what the ends of the
/// capture's connections have in common.
class ClosingPage final : public ScrolledPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Closing"); }

    explicit ClosingPage(InspectorContext &context, QWidget *parent = nullptr);

    void showConnection(const ConnectionDetails &details) override;

protected:
    /// What failed the connection.
    [[nodiscard]] bool concerns(const Finding &finding) const override { return finding.failWith != 0; }

private:
    void showPatterns(const QStringList &patterns);

    ConnectionRecord m_record;
    WrappedLabel *m_verdict;
    WrappedLabel *m_text;
    FactList *m_facts;
    QLabel *m_patternsTitle;
    WrappedLabel *m_patterns;
};

} // namespace sockeye
