#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace sockeye {

/// Names and what is known under them, one below the other, to read and to copy. A fact without text is left out.
/// A text of any length, in one word or in many, is as wide as there is room (WrappedLabel).
class FactList final : public QWidget
{
    Q_OBJECT

public:
    struct Fact
    {
        QString name;
        QString text;
        /// A role of the style sheet for the text: "error", "ok", "dim"; null for none.
        const char *role = nullptr;
        /// In the font of data: bytes, keys, fingerprints.
        bool isData = false;

        friend bool operator==(const Fact &, const Fact &) = default;
    };

    explicit FactList(QWidget *parent = nullptr);

    /// Facts that are the same as before keep what is selected in them.
    void setFacts(const QList<Fact> &facts);

private:
    void addRow(const Fact &fact);

    QList<Fact> m_facts;
    QGridLayout *m_grid;
};

} // namespace sockeye
