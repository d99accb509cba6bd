#pragma once

#include "log/Filter.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QTimer;

namespace sockeye {

class FilterMark;
class LogModel;

/// The filter line of a log: what is typed is understood as it is typed and set on the model; what cannot be understood
/// is told under the line, with a mark below the offending character, and the last good filter stays. Beside the line
/// stands how much is shown and how far a search has come.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    ~FilterBar() override;

    /// The log to filter; null for none. A new model gets the filter that stands in the line.
    void setLogModel(LogModel *model);
    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    /// For Ctrl+F: the keyboard goes to the line, its text selected.
    void focusFilter();
    [[nodiscard]] QLineEdit *lineEdit() const { return m_edit; }
    /// Why the text cannot be understood; empty if it can.
    [[nodiscard]] QString errorText() const;
    /// "1,204 of 10,000 shown"; empty without a filter.
    [[nodiscard]] QString statusText() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void addClearButton();
    void apply();
    void showError(const FilterError &error);
    void clearError();
    void setErrorLook(bool error);
    void placeMark();
    void colourKeys();
    void updateStatus();

    LogModel *m_model = nullptr;
    QLineEdit *m_edit = nullptr;
    QAction *m_clear = nullptr;
    QLabel *m_status = nullptr;
    FilterMark *m_mark = nullptr;
    QTimer *m_pause = nullptr;
    QTimer *m_statusPause = nullptr;
    qsizetype m_errorPosition = 0;
    /// What the model was given last.
    EntryQuery m_applied;
};

} // namespace sockeye
