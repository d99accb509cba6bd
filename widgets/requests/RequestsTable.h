#pragma once

#include <QTableView>

namespace sockeye {

/// A table of the page of requests: Return and a double click take a row, and its rows are copied as text.
class RequestsTable final : public QTableView
{
    Q_OBJECT

public:
    RequestsTable(const QString &name, const QString &toolTip, QWidget *parent = nullptr);

    /// The selected rows, or all if none is, with a line of titles: values with tabs between them.
    [[nodiscard]] QString asTsv() const;
    /// Likewise, as a table of Markdown.
    [[nodiscard]] QString asMarkdown() const;
    /// In their order.
    [[nodiscard]] QModelIndexList chosenRows() const;

Q_SIGNALS:
    void rowTaken(const QModelIndex &index);
    void menuWanted(const QPoint &globalPlace);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace sockeye
