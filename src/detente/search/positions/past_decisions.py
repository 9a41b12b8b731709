"""How did decisions of one body end in the past, counted over the scale between the two extreme demands?"""

# 351 issues in 137 dossiers of European Union legislation: how many were decided nearest to 0, 5, ... 100 on the scale
# of their issue. Counted by us from Arregui and Perarnaud (2021), the DEU III data set, doi:10.34810/data53, CC BY 4.0:
# the issues with an outcome on the scale and three actors or more.
EU_DECISIONS: tuple[int, ...] = (63, 0, 7, 1, 12, 8, 17, 11, 18, 7, 48, 0, 21, 10, 26, 11, 18, 6, 16, 6, 45)
