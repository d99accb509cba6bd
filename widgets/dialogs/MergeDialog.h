#pragma once

#include <QDialog>

class QListWidget;

namespace sockeye {

/// Asks which of the open captures are to be seen as one.
class MergeDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The captures' names, all of them chosen at first.
    explicit MergeDialog(const QStringList &names, QWidget *parent = nullptr);

    /// The places of the chosen ones in the list of names.
    [[nodiscard]] QList<int> chosen() const;

private:
    QListWidget *m_list;
};

} // namespace sockeye
