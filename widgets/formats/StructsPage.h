#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace sockeye {

class StructEditor;

/// The structs that the user describes: their names, and the text of the one that is chosen.
class StructsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StructsPage(QWidget *parent = nullptr);

    void setTexts(const QStringList &texts);
    /// Without those that are empty.
    [[nodiscard]] QStringList texts() const;
    /// The message that is decoded beside the text.
    void setExample(const QByteArray &payload);

Q_SIGNALS:
    void changed();

private:
    void addStruct();
    void removeStruct();
    void showStruct();
    void takeText();
    void updateButtons();

    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    StructEditor *m_editor;
};

} // namespace sockeye
