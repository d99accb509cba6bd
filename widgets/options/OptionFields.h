#pragma once

#include <QDoubleSpinBox>

#include <chrono>

class QComboBox;
class QLineEdit;

namespace sockeye {

/// A number that is shown without zeros after its last digit: "2", "2.5".
class NumberBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit NumberBox(double minimum, double maximum, int digits, QWidget *parent = nullptr);

protected:
    [[nodiscard]] QString textFromValue(double value) const override;
};

/// A time in seconds, to the millisecond.
class SecondsBox final : public NumberBox
{
    Q_OBJECT

public:
    using Milliseconds = std::chrono::milliseconds;

    SecondsBox(Milliseconds minimum, Milliseconds maximum, QWidget *parent = nullptr);

    [[nodiscard]] Milliseconds duration() const;
    void setDuration(Milliseconds duration);
};

/// A number of bytes with its unit.
class SizeField final : public QWidget
{
    Q_OBJECT

public:
    SizeField(qint64 minimum, qint64 maximum, QWidget *parent = nullptr);

    [[nodiscard]] qint64 bytes() const;
    /// Brings the size into the range and shows it in the largest unit that needs no fraction.
    void setBytes(qint64 size);
    /// Names for the number and its unit.
    void describe(const QString &name, const QString &toolTip);

Q_SIGNALS:
    void changed();

private:
    void updateRange();
    [[nodiscard]] qint64 unit() const;

    qint64 m_minimum;
    qint64 m_maximum;
    NumberBox *m_number;
    QComboBox *m_unit;
};

/// A line for something secret: hidden, unless its button shows it.
class SecretField final : public QWidget
{
    Q_OBJECT

public:
    SecretField(const QString &name, const QString &toolTip, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    /// Whether the text can be read on the screen.
    [[nodiscard]] bool isShown() const;

Q_SIGNALS:
    /// Emitted when the text changes, and when it is shown or hidden.
    void changed();

private:
    QLineEdit *m_edit;
};

/// Makes a field of a few digits as wide as the others.
void setFieldWidth(QAbstractSpinBox *box);

/// The entries of a comma-separated list, trimmed, in order; empty ones are left out.
[[nodiscard]] QStringList listFromText(const QString &text);

} // namespace sockeye
