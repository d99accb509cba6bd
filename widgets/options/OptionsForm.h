#pragma once

#include "widgets/controls/Describe.h"

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace sockeye {

/// A page's form: each row a label, its field, perhaps a note in a lighter colour, and a sentence under the field while
/// something is wrong with it.
class OptionsForm final : public QWidget
{
    Q_OBJECT

public:
    enum class Weight : quint8 {
        Error,  ///< cannot be used like this
        Warning ///< can be used, but is worth a look
    };

    explicit OptionsForm(QWidget *parent = nullptr);

    void addHeading(const QString &text);
    /// A sentence as wide as the form.
    QLabel *addNote(const QString &text);
    /// The label may have a mnemonic; the field then has the focus. An empty label is for a field that names itself,
    /// such as a check box.
    void addRow(const QString &label, QWidget *field, const QString &note = {});
    /// The row's field that the widget is, or is in; null for one that is in no row.
    [[nodiscard]] QWidget *rowOf(QWidget *widget) const;
    void setRowEnabled(QWidget *field, bool enabled);

    /// Shows the sentence under the field; an empty one removes it.
    void setProblem(QWidget *field, const QString &problem, Weight weight = Weight::Error);
    /// Whether no field has an error.
    [[nodiscard]] bool isValid() const;

private:
    struct Row
    {
        QLabel *label = nullptr;
        QLabel *problem = nullptr;
        bool hasError = false;
    };

    /// Adds an empty row of this height; the number of the row after it.
    int addGap(int height);
    void addSentence(QLabel *sentence, int row);

    QGridLayout *m_layout;
    QHash<const QWidget *, Row> m_rows;
};

} // namespace sockeye
