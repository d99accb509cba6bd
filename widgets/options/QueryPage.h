#pragma once

#include "endpoint/QueryItems.h"
#include "widgets/options/OptionsPage.h"

class QPushButton;
class QTableWidget;

namespace sockeye {

/// The query of the connection's URL as a table, decoded. What is not edited stays in the URL as it was typed.
class QueryPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit QueryPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    /// Any name and value can be sent.
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    void build();
    void addItem();
    void removeItems();
    void move(int by);
    void append(const QueryItem &item);
    /// Encodes what was edited in the row.
    void take(int row);
    [[nodiscard]] QList<QueryItem> items() const;
    void updateButtons();

    QTableWidget *m_table;
    QPushButton *m_remove = nullptr;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
    /// What the URL has.
    QList<QueryItem> m_loaded;
};

} // namespace sockeye
