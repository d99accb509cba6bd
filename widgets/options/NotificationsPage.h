#pragma once

#include "profiles/NotifyOptions.h"
#include "widgets/options/OptionsPage.h"

class QCheckBox;
class QLineEdit;

namespace sockeye {

class OptionsForm;

/// The options' page about what the user is told of while looking elsewhere. An Endpoint knows nothing of that: the
/// page edits what a profile keeps beside it, and a fresh endpoint stands for nothing to be told of.
class NotificationsPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit NotificationsPage(QWidget *parent = nullptr);

    void setOptions(const NotifyOptions &options);
    [[nodiscard]] NotifyOptions options() const;

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    [[nodiscard]] QCheckBox *addSwitch(const QString &text, const QString &name, const QString &toolTip);

    OptionsForm *m_form;
    QLineEdit *m_filter;
    /// The filter that was there.
    QString m_given;
    QCheckBox *m_ends;
    QCheckBox *m_returns;
};

} // namespace sockeye
