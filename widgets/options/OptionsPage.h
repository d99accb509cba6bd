#pragma once

#include "endpoint/EndpointCheck.h"

#include <QWidget>

namespace sockeye {

/// A page of the connection's options: it edits some members of an Endpoint.
class OptionsPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows what the endpoint has.
    virtual void load(const Endpoint &endpoint) = 0;
    /// Puts what the page shows into the endpoint; what it does not show is kept.
    virtual void store(Endpoint &endpoint) const = 0;
    /// Shows under each field what is wrong with it; false if something of the page cannot be used. `endpoint` is what
    /// all pages have, `problems` all that is wrong with it.
    virtual bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace sockeye
