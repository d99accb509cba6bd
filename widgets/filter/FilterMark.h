#pragma once

#include <QLabel>

class QLineEdit;

namespace sockeye {

/// Below a line edit: why its text cannot be understood, and a small triangle that points at the character meant.
class FilterMark final : public QLabel
{
    Q_OBJECT

public:
    explicit FilterMark(QLineEdit &edit, QWidget *parent);

    void showError(const QString &message, qsizetype position);
    void clearError();
    /// Empty for none.
    [[nodiscard]] QString errorText() const { return isHidden() ? QString() : text(); }
    /// Where the triangle stands, in the line edit's pixels: the text may have been scrolled.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static constexpr int Height = 5;

    QLineEdit &m_edit;
    qsizetype m_position = 0;
    int m_x = 0;
};

} // namespace sockeye
