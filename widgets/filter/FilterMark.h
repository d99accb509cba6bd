#pragma once

#include <QLabel>

class QLineEdit;

namespace sockeye {

/// The message below a line edit that explains why its text cannot be understood, with a small triangle that points at
/// the offending character.
class FilterMark final : public QLabel
{
    Q_OBJECT

public:
    explicit FilterMark(QLineEdit &edit, QWidget *parent);

    void showError(const QString &message, qsizetype position);
    void clearError();
    /// Empty for none.
    [[nodiscard]] QString errorText() const { return isHidden() ? QString() : text(); }
    /// Moves the triangle to the character, after the line edit has scrolled its text or changed its size.
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
