#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace sockeye {

class FormatSet;
class StructEditor;

/// The structs that the user describes: their names, and the text of the one that is chosen.
class StructsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StructsPage(QWidget *parent = nullptr);

    /// Names that are not known yet are empty.
    void setTexts(const QStringList &texts, const QStringList &names);
    /// What a field may be “as”, and what the structs are called.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// Without those that are empty.
    [[nodiscard]] QStringList texts() const;
    /// The message that is decoded beside the text.
    void setExample(const QByteArray &payload);

Q_SIGNALS:
    void changed();

private:
    void addStruct();
    void removeStruct();
    void keepText(QListWidgetItem *item);
    void showStruct();
    void takeText();
    void updateButtons();

    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    StructEditor *m_editor;
};

} // namespace sockeye
