#pragma once

#include <QTableView>

namespace sockeye {

class ValueModel;

/// All values of the bytes at one place, to read, to copy, and to find the bytes that each is made of.
class ValueTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ValueTable(QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    /// High enough for so many rows below the header.
    [[nodiscard]] int heightOf(int rows) const;

Q_SIGNALS:
    /// A value was clicked, or chosen with Return: it is made of so many bytes.
    void valueChosen(qsizetype bytes);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void updateRowHeight();

    ValueModel *m_model;
};

} // namespace sockeye
